namespace Contrastive.Data;

/// <summary>Where the files of a BEIR set lie in a folder or zip.</summary>
internal sealed class BeirFolder
{
    private const string Corpus = "corpus.jsonl", Queries = "queries.jsonl", Judgments = "qrels/";
    private readonly StreamedFiles _files;
    private readonly string _root;

    /// <exception cref="FileNotFoundException">There is nothing at the path, no BEIR set in it, or more than one.</exception>
    public BeirFolder(string path, UnpackLimits? limits = null)
    {
        _files = new StreamedFiles(path, limits);
        string[] roots = [.. Roots(_files).Order(StringComparer.Ordinal)];
        _root = roots switch
        {
            ["", ..] => "",
            [var only] => only,
            [] => throw new FileNotFoundException($"'{path}' holds no BEIR set: there is no {Corpus}, no {Queries} and no qrels/SPLIT.tsv in it.", path),
            _ => throw new FileNotFoundException($"'{path}' holds {roots.Length} BEIR sets: {string.Join(", ", roots)}. Unpack it and name the folder of one.", path),
        };
        var marker = _root + Judgments;
        Splits = _files.Names.Where(name => name.StartsWith(marker, StringComparison.Ordinal))
            .Select(name => Plain(name)[marker.Length..])
            .Where(name => name.EndsWith(".tsv", StringComparison.Ordinal) && !name.Contains('/', StringComparison.Ordinal))
            .Select(name => name[..^4]).Distinct().Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>The folder or zip.</summary>
    public string Source => _files.Source;

    /// <summary>The names of the splits that are judged, in ordinal order.</summary>
    public IReadOnlyList<string> Splits { get; }

    /// <summary>The folders that hold files of a set, each with a slash behind it; empty for the top.</summary>
    public static IEnumerable<string> Roots(StreamedFiles files) => files.Names.Select(Root).OfType<string>().Distinct();

    /// <summary>Whether a file of this name is a corpus, compressed or not.</summary>
    public static bool IsCorpus(string name) => Plain(name) == Corpus;

    /// <summary>The corpus.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    public StreamedFile CorpusFile() => File(Corpus);

    /// <summary>The three files of a split.</summary>
    /// <exception cref="FileNotFoundException">One is missing, and the message says which and what is there.</exception>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    public (StreamedFile Corpus, StreamedFile Queries, StreamedFile Judgments) Files(string split)
    {
        var (corpus, queries) = (File(Corpus), File(Queries));
        if (Splits.Count == 0)
            throw Missing("qrels/SPLIT.tsv");
        if (!Splits.Contains(split))
            throw new ArgumentException($"There is no split '{split}' in '{Source}'. There are: {string.Join(", ", Splits)}.", nameof(split));
        return (corpus, queries, File($"{Judgments}{split}.tsv"));
    }

    private StreamedFile File(string name) => Found(name) is { } found ? _files.Find(found) : throw Missing(name);

    private string? Found(string name) => new[] { _root + name, $"{_root}{name}.gz" }.FirstOrDefault(_files.Names.Contains);

    private FileNotFoundException Missing(string name)
    {
        string[] there =
        [
            .. new[] { Corpus, Queries }.Where(file => Found(file) is not null),
            .. Splits.Count == 0 ? Array.Empty<string>() : [$"qrels with the splits {string.Join(", ", Splits)}"],
        ];
        return new FileNotFoundException($"The BEIR set '{Source}' is incomplete: {_root}{name} is missing. There are: {string.Join("; ", there)}.", Source);
    }

    /// <summary>The folder, with a slash behind it, of which this is a file; null if it is none of a BEIR set's.</summary>
    private static string? Root(string name)
    {
        var plain = Plain(name);
        foreach (var file in new[] { Corpus, Queries })
        {
            if (plain == file || plain.EndsWith($"/{file}", StringComparison.Ordinal))
                return plain[..^file.Length];
        }

        var folder = plain[..(plain.LastIndexOf('/') + 1)];
        return plain.EndsWith(".tsv", StringComparison.Ordinal) && (folder == Judgments || folder.EndsWith($"/{Judgments}", StringComparison.Ordinal))
            ? folder[..^Judgments.Length]
            : null;
    }

    private static string Plain(string name) => name.EndsWith(".gz", StringComparison.Ordinal) ? name[..^3] : name;
}
