using System.Text.Json;
using Contrastive.Retrieval;

namespace Contrastive.Data;

/// <summary>
/// Sets in the form of the BEIR benchmark (Thakur et al. 2021): a folder, or a zip that is read without being unpacked, with
/// <c>corpus.jsonl</c> (<c>_id, title, text</c>), <c>queries.jsonl</c> (<c>_id, text</c>) and <c>qrels/SPLIT.tsv</c>
/// (<c>query-id, corpus-id, score</c>, with this header or without one, or TREC's four columns). The set may lie in a folder inside the
/// folder or zip, and a folder's files may be compressed with gzip (<c>corpus.jsonl.gz</c>). Other fields, such as <c>metadata</c>, are
/// skipped; an id may be a number.
/// </summary>
public static class BeirSet
{
    /// <summary>Whether there is a set: a file <c>corpus.jsonl</c>, or a folder or zip that holds at least one file of a set, at its top or
    /// one folder down. The set may be incomplete; <see cref="Load(string, string)"/> then says what is missing. Names are looked at, no
    /// content is.</summary>
    /// <param name="path">A path, at which there may be nothing.</param>
    /// <exception cref="InvalidDataException">It is a zip, and damaged.</exception>
    public static bool Is(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return File.Exists(path) && !IsZip(path)
            ? BeirFolder.IsCorpus(Path.GetFileName(path))
            : (File.Exists(path) || Directory.Exists(path)) && BeirFolder.Roots(new StreamedFiles(path, StreamedFile.Limits)).Any(root => root.Count(letter => letter == '/') <= 1);
    }

    /// <summary>The splits that a set has judgments of, such as dev, test and train.</summary>
    /// <param name="path">The folder or zip.</param>
    /// <exception cref="FileNotFoundException">There is no set.</exception>
    /// <exception cref="InvalidDataException">The zip is damaged.</exception>
    public static IReadOnlyList<string> Splits(string path) => Open(path).Splits;

    /// <summary>The passages one by one, for a corpus that is not to be held in memory or has no queries or judgments; each
    /// enumeration reads the file again. That no id occurs twice is not checked.</summary>
    /// <param name="path">The folder or zip, or a file such as <c>corpus.jsonl</c> itself.</param>
    /// <exception cref="FileNotFoundException">There is no set or no corpus in it.</exception>
    /// <exception cref="InvalidDataException">A line is wrong, and the message says which; or the zip is damaged.</exception>
    public static IEnumerable<Passage> ReadPassages(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var isItself = File.Exists(path) && !IsZip(path);
        return JsonLines.Read(isItself ? StreamedFile.At(path) : Open(path, StreamedFile.Limits).CorpusFile(), ParsePassage).Select(line => line.Value);
    }

    /// <summary>
    /// All of a split. Its queries are those that it judges. As in BEIR and trec_eval, a judgment of a document that the corpus lacks
    /// stays and counts as not found; one of an unknown query is left out. <see cref="RetrievalSet.Notes"/> counts both, repeated
    /// judgments (the last counts), passages and queries without text (they stay), and queries that share their id with a passage: BEIR
    /// leaves that passage out of their results, as <c>RetrievalReport</c> does with <c>leaveOutQueryId</c>.
    /// </summary>
    /// <param name="path">The folder or zip.</param>
    /// <param name="split">Which judgments. <value>The default is test.</value></param>
    /// <exception cref="FileNotFoundException">There is no set, or a file of it is missing; the message says which, and what is there.</exception>
    /// <exception cref="ArgumentException">There is no such split; the message lists them.</exception>
    /// <exception cref="InvalidDataException">A line is wrong or repeats an id, and the message says which; or the zip is damaged.</exception>
    public static RetrievalSet Load(string path, string split = "test") => Load(path, split, UnpackLimits.Default);

    internal static RetrievalSet Load(string path, string split, UnpackLimits limits)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(split);
        return Load(path, [split], limits)[0];
    }

    /// <summary>Several splits, which share one list of passages.</summary>
    internal static IReadOnlyList<RetrievalSet> Load(string path, IReadOnlyList<string> splits, UnpackLimits limits)
    {
        var folder = Open(path, limits);
        (StreamedFile Corpus, StreamedFile Queries, StreamedFile Judgments)[] files = [.. splits.Select(folder.Files)];
        var passages = Distinct(files[0].Corpus, ParsePassage, passage => passage.Id, out var documents);
        var all = Distinct(files[0].Queries, ParseQuery, query => query.Id, out var known);
        return [.. splits.Zip(files, (split, file) => Split(split, file.Queries, file.Judgments))];

        RetrievalSet Split(string split, StreamedFile asked, StreamedFile judged)
        {
            var judgments = new BeirJudgments(known, documents);
            foreach (var judgment in Judgment.Read(judged))
                judgments.Add(judgment);
            if (judgments.Count == 0)
                throw Empty(judged);
            List<Query> queries = [.. all.Where(query => judgments.Relevance.ContainsKey(query.Id))];
            return queries.Count == 0
                ? throw new InvalidDataException($"{judged.Label}: it judges no query of {asked.Label}.")
                : new RetrievalSet
                {
                    Name = $"{SetName(path)}, {split}",
                    Passages = passages,
                    Queries = queries,
                    Relevance = judgments.Relevance.ToDictionary(query => query.Key, query => (IReadOnlyDictionary<string, int>)query.Value),
                    Notes = [.. BeirNotes.Of(passages, queries, documents, all.Count, split), .. judgments.Notes],
                };
        }
    }

    /// <summary>What a set is called: its folder or zip.</summary>
    internal static string SetName(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(IsZip(path) ? path[..^4] : path));

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static BeirFolder Open(string path, UnpackLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new BeirFolder(path, limits);
    }

    /// <summary>The values of a file, whose ids must differ.</summary>
    private static List<T> Distinct<T>(StreamedFile file, JsonLines.Parser<T> parse, Func<T, string> idOf, out Dictionary<string, int> lines)
    {
        var values = new List<T>();
        lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (line, value) in JsonLines.Read(file, parse))
        {
            if (!lines.TryAdd(idOf(value), line))
                throw new TextLine(file.Label, line, "").Wrong($"the id '{idOf(value)}' occurs twice; it is that of line {lines[idOf(value)]} already.");
            values.Add(value);
        }

        return values.Count > 0 ? values : throw Empty(file);
    }

    private static InvalidDataException Empty(StreamedFile file) => new($"{file.Label}: it is empty.");

    private static Passage ParsePassage(ref Utf8JsonReader json)
    {
        string? id = null, title = null, text = null;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("_id"u8))
                id = JsonFields.Id(ref json);
            else if (json.ValueTextEquals("title"u8))
                title = JsonFields.Text(ref json);
            else if (json.ValueTextEquals("text"u8))
                text = JsonFields.Text(ref json);
            else
                json.Skip();
        }

        return new Passage(JsonFields.Required(id, "_id"), title ?? "", JsonFields.Required(text, "text"));
    }

    private static Query ParseQuery(ref Utf8JsonReader json)
    {
        string? id = null, text = null;
        JsonFields.Begin(ref json);
        while (JsonFields.Next(ref json))
        {
            if (json.ValueTextEquals("_id"u8))
                id = JsonFields.Id(ref json);
            else if (json.ValueTextEquals("text"u8))
                text = JsonFields.Text(ref json);
            else
                json.Skip();
        }

        return new Query(JsonFields.Required(id, "_id"), JsonFields.Required(text, "text"));
    }
}
