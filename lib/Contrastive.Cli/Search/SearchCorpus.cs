using Contrastive.Data;
using Contrastive.Retrieval;

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
        const string own = "beir:";
        var path = corpus.StartsWith(own, StringComparison.Ordinal) ? corpus[own.Length..] : corpus;
        if (RetrievalData.Names.Contains(corpus))
            return RetrievalData.Load(corpus, split);
        if (Path.GetExtension(corpus).ToLowerInvariant() is ".txt" or ".md" && File.Exists(corpus))
            throw new ArgumentException($"'{corpus}' is a single text; name the folder that it is in.");
        if (path.Length < corpus.Length || File.Exists(path) || BeirSet.Is(path))
            return needsQuestions ? RetrievalData.Load($"{own}{path}", split) : Searched(path, BeirSet.ReadPassages(path));
        if (!Directory.Exists(corpus))
        {
            throw new ArgumentException(
                $"There is no corpus '{corpus}': neither a folder or zip, nor a name. The names are: {string.Join(", ", RetrievalData.Names)}.");
        }

        return needsQuestions
            ? throw new ArgumentException($"'{corpus}' is a folder of texts, without questions of its own: --evaluate and --run need a named or a BEIR set.")
            : Searched(corpus, TextFolder.ReadPassages(corpus));
    }

    private static RetrievalSet Searched(string name, IEnumerable<Passage> passages) => new()
    {
        Name = name,
        Passages = [.. passages],
        Queries = [],
        Relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(),
    };
}
