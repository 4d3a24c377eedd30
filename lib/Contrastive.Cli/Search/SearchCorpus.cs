using Contrastive.Data;

namespace Contrastive.Cli.Search;

/// <summary>Finds out what a corpus on the command line is: a name, a BEIR set, or a folder of texts.</summary>
internal static class SearchCorpus
{
    /// <param name="corpus">A name or a path.</param>
    /// <param name="split">The judged questions of a set; null for its default.</param>
    /// <param name="needsQuestions">Whether the set's own questions will be asked.</param>
    /// <exception cref="ArgumentException">It is none of them, or has no questions of its own.</exception>
    public static RetrievalSet Load(string corpus, string? split, bool needsQuestions)
    {
        if (RetrievalData.Names.Contains(corpus) || corpus.StartsWith("beir:", StringComparison.Ordinal))
            return RetrievalData.Load(corpus, split);
        if (File.Exists(corpus) || File.Exists(Path.Combine(corpus, "corpus.jsonl")) || File.Exists(Path.Combine(corpus, "corpus.jsonl.gz")))
            return RetrievalData.Load($"beir:{corpus}", split);
        if (!Directory.Exists(corpus))
        {
            throw new ArgumentException(
                $"There is no corpus '{corpus}': neither a folder or zip, nor a name. The names are: {string.Join(", ", RetrievalData.Names)}.");
        }

        if (needsQuestions || split is not null)
            throw new ArgumentException($"'{corpus}' is a folder of texts, without questions of its own: --evaluate, --run and --split need a named or a BEIR set.");
        return new RetrievalSet
        {
            Name = corpus,
            Passages = [.. TextFolder.ReadPassages(corpus)],
            Queries = [],
            Relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
        };
    }
}
