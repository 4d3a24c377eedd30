using Contrastive.Encoders;
using Contrastive.Retrieval;
using Spectre.Console;
using static TorchSharp.torch;

namespace Contrastive.Cli.Search;

/// <summary>Encoders of questions and of passages, which are one or two.</summary>
internal sealed class DenseModel : IDisposable
{
    private const int BatchSize = 64, PassagesATime = 512, MostTokens = 256;
    private readonly SentenceEncoder _questions, _passages;
    private readonly VectorMetric _metric;

    private DenseModel(SentenceEncoder questions, SentenceEncoder passages, VectorMetric metric) =>
        (_questions, _passages, _metric) = (questions, passages, metric);

    /// <summary>Loads <c>question</c> and <c>passage</c>, compared by inner product as in DPR, or a single model, compared by cosine.</summary>
    /// <param name="folder">The model's folder, or that of the two.</param>
    /// <param name="pooling">Of a single model; null for the mean. Two models have their first token's vector, as DPR's.</param>
    /// <exception cref="ArgumentException">One of the two is missing, or they do not belong together.</exception>
    public static DenseModel Load(string folder, Pooling? pooling)
    {
        var (question, passage) = (Path.Combine(folder, "question"), Path.Combine(folder, "passage"));
        if (!Directory.Exists(question) && !Directory.Exists(passage))
        {
            var both = Encoder(folder, pooling ?? Pooling.Mean);
            return new DenseModel(both, both, VectorMetric.Cosine);
        }

        if (!Directory.Exists(question) || !Directory.Exists(passage))
            throw new ArgumentException($"'{folder}' holds only one of the two models: there is no '{(Directory.Exists(question) ? passage : question)}'.");
        if (pooling is not null)
            throw new ArgumentException("--pooling is for a single model; of two, 'question' and 'passage', the first token's vector is taken.");
        var two = new DenseModel(Encoder(question, Pooling.Class), Encoder(passage, Pooling.Class), VectorMetric.InnerProduct);
        if (two._questions.FeatureCount == two._passages.FeatureCount)
            return two;
        using (two)
            throw new ArgumentException($"The vectors of '{question}' have {two._questions.FeatureCount} values, those of '{passage}' {two._passages.FeatureCount}: they do not belong together.");
    }

    public Tensor EncodeQuestions(IReadOnlyList<string> questions) => _questions.Encode(questions, BatchSize);

    /// <summary>The passages' vectors, with a bar of the progress. A passage without a word has no vector and is never found.</summary>
    public IVectorStore Encode(IAnsiConsole console, IReadOnlyList<Passage> passages)
    {
        Passage[] spoken = [.. passages.Where(passage => !string.IsNullOrWhiteSpace(passage.Contents))];
        var store = new ExactVectorStore(_passages.FeatureCount, _metric);
        console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var task = progress.AddTask("Encoding passages", maxValue: spoken.Length);
            foreach (var part in spoken.Chunk(PassagesATime))
            {
                using var vectors = _passages.Encode([.. part.Select(passage => passage.Contents)], BatchSize);
                store.Upsert([.. part.Select(passage => passage.Id)], vectors);
                task.Increment(part.Length);
            }
        });
        return store;
    }

    public void Dispose()
    {
        _questions.Dispose();
        if (_passages != _questions)
            _passages.Dispose();
    }

    private static SentenceEncoder Encoder(string folder, Pooling pooling)
    {
        var (bert, tokenizer) = BertFolder.Load(folder);
        return new SentenceEncoder(bert, tokenizer, pooling, Math.Min(MostTokens, bert.Config.MaxPositions));
    }
}
