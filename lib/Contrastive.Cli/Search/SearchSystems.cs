using System.Diagnostics;
using System.Globalization;
using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Retrieval;
using Spectre.Console;

namespace Contrastive.Cli.Search;

/// <summary>The searches over a corpus that a command needs, by their names: the chosen one and, for a fused one, its parts.</summary>
internal sealed class SearchSystems : IDisposable
{
    private readonly Bm25Index? _words;
    private readonly DenseModel? _model;
    private readonly IVectorStore? _vectors;

    private SearchSystems(Bm25Index? words, DenseModel? model, IVectorStore? vectors)
    {
        (_words, _model, _vectors) = (words, model, vectors);
        var dense = model is null ? null : new DenseRetriever(vectors!, model.EncodeQuestions);
        var all = new List<(string, IRetriever)>();
        if (words is not null)
            all.Add(("BM25", words));
        if (dense is not null)
            all.Add(("dense", dense));
        if (words is not null && dense is not null)
            all.Add(("fused", new FusedRetriever([words, dense])));
        All = all;
    }

    /// <summary>Names and searches; the chosen one is the last.</summary>
    public IReadOnlyList<(string Name, IRetriever Retriever)> All { get; }

    public IRetriever Chosen => All[^1].Retriever;

    /// <summary>Indexes the corpus, with a line of what was done.</summary>
    public static SearchSystems Build(IAnsiConsole console, RetrievalSet set, SearchMethod method, string? model, Pooling? pooling)
    {
        var watch = Stopwatch.StartNew();
        foreach (var note in set.Notes)
            console.WriteLine(note);
        var words = method == SearchMethod.Dense ? null : Bm25Index.Build(set.Passages);
        DenseModel? encoder = null;
        IVectorStore? vectors = null;
        try
        {
            if (method != SearchMethod.Bm25)
            {
                encoder = DenseModel.Load(model!, pooling);
                vectors = encoder.Encode(console, set.Passages);
            }

            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{set.Name}: {set.Passages.Count:N0} passages, ready to search after {watch.Elapsed.TotalSeconds:F1} s."));
            return new SearchSystems(words, encoder, vectors);
        }
        catch
        {
            words?.Dispose();
            encoder?.Dispose();
            vectors?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _words?.Dispose();
        _model?.Dispose();
        _vectors?.Dispose();
    }
}
