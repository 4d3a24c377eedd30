using Contrastive.Retrieval;
using Contrastive.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// The two towers of dense retrieval: an encoder of questions and one of passages, whose vectors' inner product is the score (Karpukhin et
/// al. 2020, section 3.1). One encoder can be both. <see cref="DualEncoderFolder"/> saves and loads it.
/// </summary>
/// <remarks>
/// Its parameters, also in checkpoints, are the towers' under <c>question.</c> and <c>passage.</c>, those of a shared one once, under
/// <c>question.</c>. What is trained on is tokenized once, by <see cref="TokenizeQuestion"/> and <see cref="TokenizePassage"/>; a batch is
/// <c>dual.Passage.call(TokenBatch.Pad([.. batch.Select(i => passages[i])], dual.Passage.Tokenizer.PaddingId))</c>, with gradients.
/// </remarks>
public sealed class DualEncoder : Module
{
    // In an array, so that TorchSharp does not register them a second time, by the fields' names.
    private readonly SentenceEncoder[] _towers;

    /// <summary>Combines an encoder of questions and one of passages.</summary>
    /// <param name="question">From questions to vectors. This module owns it from now on.</param>
    /// <param name="passage">From passages to vectors of the same width; the same instance again for a shared encoder.</param>
    /// <param name="options">Prefixes, titles and lengths. <value>The default is DPR's.</value></param>
    /// <exception cref="ArgumentException">The widths differ, a length exceeds the encoder's, or titles are to be pairs and the tokenizer
    /// makes none.</exception>
    public DualEncoder(SentenceEncoder question, SentenceEncoder passage, DualEncoderOptions? options = null) : base(nameof(DualEncoder))
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(passage);
        Options = DualInput.Checked(options ?? new DualEncoderOptions(), question, passage);
        _towers = [question, passage];
        register_module("question", question);
        if (!IsShared)
            register_module("passage", passage);
    }

    /// <summary>Makes both towers of one encoder.</summary>
    /// <param name="shared">From questions, and from passages, to vectors. This module owns it from now on.</param>
    /// <param name="options">Prefixes, titles and lengths. <value>The default is DPR's.</value></param>
    /// <exception cref="ArgumentException">As with two encoders.</exception>
    public DualEncoder(SentenceEncoder shared, DualEncoderOptions? options = null) : this(shared, shared, options)
    {
    }

    /// <summary>The encoder of questions.</summary>
    public SentenceEncoder Question => _towers[0];

    /// <summary>The encoder of passages.</summary>
    public SentenceEncoder Passage => _towers[1];

    /// <summary>Whether both are the same encoder.</summary>
    public bool IsShared => ReferenceEquals(Question, Passage);

    /// <summary>Prefixes, titles and lengths.</summary>
    public DualEncoderOptions Options { get; }

    /// <summary>A question as the model reads it, with its prefix.</summary>
    /// <exception cref="ArgumentException">It has no token.</exception>
    public TokenSequence TokenizeQuestion(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var sequence = Question.Tokenizer.Encode(Options.QuestionPrefix + question, Options.QuestionMaxLength ?? Question.MaxLength);
        return sequence.Length > 0
            ? sequence
            : throw new ArgumentException($"The question '{question}' has no token; leave it out, or use a tokenizer that puts special tokens around a text.", nameof(question));
    }

    /// <summary>A passage as the model reads it, with its prefix: title and text as a pair, or joined by a blank. Without a title it is the
    /// text alone.</summary>
    /// <exception cref="ArgumentException">It has no token.</exception>
    public TokenSequence TokenizePassage(Passage passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        var sequence = DualInput.Tokenize(passage, Passage.Tokenizer, Options, Options.PassageMaxLength ?? Passage.MaxLength);
        return sequence.Length > 0
            ? sequence
            : throw new ArgumentException($"Passage '{passage.Id}' has no token; leave it out, or use a tokenizer that puts special tokens around a text.", nameof(passage));
    }

    /// <summary>The vectors of any number of questions, without gradients or dropout, in batches of similar length.</summary>
    /// <param name="questions">At least one question.</param>
    /// <param name="batchSize">Questions per batch. <value>The default is 64.</value></param>
    /// <returns><c>[N, H]</c>, one row per question in their order, not normalized, on the encoder's device.</returns>
    /// <exception cref="ArgumentException">There is no question, one has no token, or the batch size is below one.</exception>
    public Tensor EncodeQuestions(IReadOnlyList<string> questions, int batchSize = 64) =>
        Question.EncodeSequences(Tokenized(questions, TokenizeQuestion, batchSize, "question"), batchSize);

    /// <summary>The vectors of any number of passages, without gradients or dropout, in batches of similar length.</summary>
    /// <param name="passages">At least one passage.</param>
    /// <param name="batchSize">Passages per batch. <value>The default is 64.</value></param>
    /// <returns><c>[N, H]</c>, one row per passage in their order, not normalized, on the encoder's device.</returns>
    /// <exception cref="ArgumentException">There is no passage, one has no token, or the batch size is below one.</exception>
    public Tensor EncodePassages(IReadOnlyList<Passage> passages, int batchSize = 64) =>
        Passage.EncodeSequences(Tokenized(passages, TokenizePassage, batchSize, "passage"), batchSize);

    private static TokenSequence[] Tokenized<T>(IReadOnlyList<T> items, Func<T, TokenSequence> tokenize, int batchSize, string name)
    {
        if (items.Count == 0)
            throw new ArgumentException($"There is no {name} to encode.", $"{name}s");
        Require.AtLeast(batchSize, 1);
        return [.. items.Select(tokenize)];
    }
}
