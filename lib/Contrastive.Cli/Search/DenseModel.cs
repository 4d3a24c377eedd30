using Contrastive.Encoders;
using Contrastive.Retrieval;
using Spectre.Console;
using static TorchSharp.torch;

namespace Contrastive.Cli.Search;

/// <summary>What encodes questions and passages: a dual encoder, or a single model for both.</summary>
internal sealed class DenseModel : IDisposable
{
    private const int BatchSize = 64, PassagesATime = 512, MostTokens = 256;
    private readonly DualEncoder _encoder;
    private readonly VectorMetric _metric;

    private DenseModel(DualEncoder encoder, VectorMetric metric) => (_encoder, _metric) = (encoder, metric);

    /// <summary>Loads <c>question</c> and <c>passage</c>, compared by inner product as in DPR, or a single model, compared by cosine, which
    /// reads title and text as one.</summary>
    /// <param name="folder">The model's folder, or that of the two.</param>
    /// <param name="pooling">Of a single model; null for the mean. Two models have their own, or DPR's.</param>
    /// <exception cref="ArgumentException">A pooling is given for two models.</exception>
    /// <exception cref="IOException">A part of a model is missing.</exception>
    /// <exception cref="InvalidDataException">A part is damaged, or the parts do not match.</exception>
    public static DenseModel Load(string folder, Pooling? pooling)
    {
        if (!DualEncoderFolder.IsIn(folder))
        {
            var (bert, tokenizer) = BertFolder.Load(folder);
            var single = new SentenceEncoder(bert, tokenizer, pooling ?? Pooling.Mean, Math.Min(MostTokens, bert.Config.MaxPositions));
            return new DenseModel(new DualEncoder(single, new DualEncoderOptions { TitleAsPair = false }), VectorMetric.Cosine);
        }

        return pooling is null
            ? new DenseModel(DualEncoderFolder.Load(folder), VectorMetric.InnerProduct)
            : throw new ArgumentException("--pooling is for a single model; 'question' and 'passage' have the pooling they were saved with, or the first token's vector.");
    }

    public Tensor EncodeQuestions(IReadOnlyList<string> questions) => _encoder.EncodeQuestions(questions, BatchSize);

    /// <summary>The passages' vectors, with a bar of the progress. A passage without a word has no vector and is never found.</summary>
    public IVectorStore Encode(IAnsiConsole console, IReadOnlyList<Passage> passages)
    {
        Passage[] spoken = [.. passages.Where(passage => !string.IsNullOrWhiteSpace(passage.Contents))];
        var store = new ExactVectorStore(_encoder.Passage.FeatureCount, _metric);
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask("Encoding passages", maxValue: spoken.Length);
            foreach (var part in spoken.Chunk(PassagesATime))
            {
                using var vectors = _encoder.EncodePassages(part, BatchSize);
                store.Upsert([.. part.Select(passage => passage.Id)], vectors);
                task.Increment(part.Length);
            }
        });
        return store;
    }

    public void Dispose() => _encoder.Dispose();
}
