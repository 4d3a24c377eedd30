using System.Globalization;
using System.Text.Json;

namespace Contrastive.Data;

/// <summary>
/// Triplets, one a line: comma-separated with a header, tab-separated with or without one, or JSON, as an object with these names or an
/// array of three. The names are those of sentence-transformers' data sets or of SimCSE's; in a header their case is of no matter. Blank
/// lines are skipped.
/// </summary>
internal static class TripletFile
{
    private static readonly string[][] Headers = [["anchor", "positive", "negative"], ["sent0", "sent1", "hard_neg"]];

    /// <summary>Names of columns: three of them are a header, not a triplet, also if it isn't one of <see cref="Headers"/>.</summary>
    private static readonly HashSet<string> ColumnNames = new(
        [
            .. Headers.SelectMany(header => header), "sentence0", "sentence1", "sentence2", "sentence3", "text1", "text2", "text3",
            "query", "question", "premise", "hypothesis", "entailment", "contradiction", "pos", "neg", "hard_negative",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The extension that tells the format, without that of gzip: <c>.csv</c>.</summary>
    public static string Format(string path) => Path.GetExtension(
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path).ToLowerInvariant();

    /// <exception cref="InvalidDataException">A line is wrong, and the message says which; or there is no triplet.</exception>
    public static IReadOnlyList<SentenceTriplet> Read(string path) => Format(path) switch
    {
        ".csv" => ReadCsv(path, Headers),
        ".tsv" => Any(path, TextLines.Read(path).Where(line => !line.IsBlank && !IsHeader(line)).Select(OfColumns)),
        _ => Any(path, TextLines.Read(path).Where(line => !line.IsBlank).Select(OfJson)),
    };

    /// <summary>Reads comma-separated values with one of the headers.</summary>
    /// <exception cref="InvalidDataException">The header or a line is wrong, and the message says which; or there is no triplet.</exception>
    public static IReadOnlyList<SentenceTriplet> ReadCsv(string path, params string[][] headers)
    {
        var triplets = new List<SentenceTriplet>();
        var isHeader = true;
        foreach (var (line, values) in CsvRecords.Read(TextLines.Read(path)))
        {
            if (values is [var only] && string.IsNullOrWhiteSpace(only))
                continue;
            if (values.Count != 3)
                throw line.Wrong($"there are {values.Count} values between commas, expected 3.");
            if (isHeader && !Array.Exists(headers, header => AreNames(values, header)))
                throw WrongHeader(line, ',', headers);
            if (!isHeader)
                triplets.Add(Of(line, values));
            isHeader = false;
        }

        return Any(path, triplets);
    }

    private static SentenceTriplet[] Any(string path, IEnumerable<SentenceTriplet> triplets)
    {
        SentenceTriplet[] all = [.. triplets];
        return all.Length > 0 ? all : throw new InvalidDataException($"{path}: it holds no triplet.");
    }

    /// <exception cref="InvalidDataException">The first line is a header, but none of <see cref="Headers"/>.</exception>
    private static bool IsHeader(TextLine line)
    {
        var columns = line.Text.Split('\t');
        if (line.Number != 1 || columns.Length != 3 || !Array.TrueForAll(columns, column => ColumnNames.Contains(column.Trim())))
            return false;
        return Array.Exists(Headers, header => AreNames(columns, header)) ? true : throw WrongHeader(line, '\t', Headers);
    }

    private static bool AreNames(IReadOnlyList<string> values, string[] header) =>
        values.Select(value => value.Trim()).SequenceEqual(header, StringComparer.OrdinalIgnoreCase);

    private static InvalidDataException WrongHeader(TextLine line, char separator, string[][] headers) => line.Wrong(
        $"the header is '{line.Text}', expected {string.Join(" or ", headers.Select(header => $"'{string.Join(separator, header)}'"))}.");

    private static SentenceTriplet OfColumns(TextLine line)
    {
        var columns = line.Text.Split('\t');
        return columns.Length == 3
            ? Of(line, columns)
            : throw line.Wrong($"there are {columns.Length} columns between tabs, expected 3: a sentence, a positive, a hard negative.");
    }

    private static SentenceTriplet OfJson(TextLine line)
    {
        try
        {
            using var json = JsonDocument.Parse(line.Text);
            return Of(line, Texts(json.RootElement) ?? throw line.Wrong(
                $"expected an object with texts called {string.Join(" or ", Headers.Select(names => string.Join(", ", names)))}, or an array of three texts."));
        }
        catch (JsonException error)
        {
            throw line.Wrong(string.Create(CultureInfo.InvariantCulture, $"it is not JSON: an error after {error.BytePositionInLine} bytes."));
        }
    }

    private static string[]? Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => Strings(json.EnumerateArray()),
        JsonValueKind.Object => Headers.Select(names => Strings(names.Where(name => json.TryGetProperty(name, out _)).Select(json.GetProperty))).FirstOrDefault(texts => texts is not null),
        _ => null,
    };

    private static string[]? Strings(IEnumerable<JsonElement> values)
    {
        JsonElement[] three = [.. values];
        return three.Length == 3 && Array.TrueForAll(three, value => value.ValueKind == JsonValueKind.String) ? Array.ConvertAll(three, value => value.GetString()!) : null;
    }

    private static SentenceTriplet Of(TextLine line, IReadOnlyList<string> texts) =>
        new(line.Sentence(texts[0]), line.Sentence(texts[1]), line.Sentence(texts[2]));
}
