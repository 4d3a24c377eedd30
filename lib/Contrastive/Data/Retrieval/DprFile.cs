using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// The files of DPR (Karpukhin et al. 2020): training data, the corpus and the questions. They are read one question or passage at a time,
/// each enumeration anew, compressed with gzip or not.
/// </summary>
public static class DprFile
{
    // Letters beyond ASCII stay readable; nothing here is put into a web page.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The questions of training data: a JSON array of objects with <c>question, answers, positive_ctxs, negative_ctxs,
    /// hard_negative_ctxs</c>, such as <c>biencoder-nq-train.json</c>, or one such object a line. Any list may be missing; other fields
    /// are skipped.
    /// </summary>
    /// <param name="path">The file; its first character tells its form. A <c>.jsonl</c> file without any holds no question.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty or not JSON, or a question is wrong; the message says where and what is
    /// wrong.</exception>
    public static IEnumerable<DprQuestion> Read(string path)
    {
        var file = StreamedFile.At(path);
        return FirstCharacter(file) switch
        {
            null when !IsLines(path) => throw new InvalidDataException($"{file.Label}: it is empty."),
            null or '{' => JsonLines.Read(file, DprJson.Question).Select(line => line.Value),
            _ => JsonArrayReader.Read(file, field: null, "question", DprJson.Question),
        };
    }

    /// <summary>Writes training data as they come: one object a line to <c>.jsonl</c>, otherwise a JSON array.</summary>
    /// <param name="path">The file, which is replaced only once all is written.</param>
    /// <param name="questions">The questions.</param>
    /// <exception cref="ArgumentException">The path ends in .gz; or a question could not be read back (null, half a character, a score that is
    /// not finite), and the message says which. Nothing is written.</exception>
    public static void Write(string path, IEnumerable<DprQuestion> questions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(questions);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{path}' ends in .gz; expected .json or .jsonl, which is written uncompressed.", nameof(path));
        var (before, between, after) = IsLines(path) ? ("", "\n", "\n") : ("[\n", ",\n", "\n]\n");
        WholeFile.Write(path, file =>
        {
            using var text = new StreamWriter(file, leaveOpen: true);
            var (place, separator) = (0, before);
            foreach (var question in questions)
            {
                DprCheck.Question(question, place++);
                text.Write(separator);
                text.Flush();
                using (var json = new Utf8JsonWriter(file, Readable))
                    DprJson.Write(json, question);
                separator = between;
            }

            // Where there is no question at all, an array still begins.
            text.Write(place > 0 ? after : IsLines(path) ? "" : before + after);
        });
    }

    /// <summary>The passages of a corpus: <c>id, text, title</c> between tabs, with this header or without it, values quoted as in
    /// comma-separated files, such as <c>psgs_w100.tsv</c>, 21 million passages of 100 words.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is wrong, and the message says which.</exception>
    public static IEnumerable<Passage> ReadPassages(string path) => TabRecords.Read(StreamedFile.At(path))
        .Select(record => (record.Line, Values: Columns(record, "id, text, title", 3)))
        .Where(record => record is not { Line.Number: 1, Values: ["id", "text", "title"] })
        .Select(record => record.Values[0].Length > 0
            ? new Passage(record.Values[0], record.Values[2], record.Values[1])
            : throw record.Line.Wrong("the id is empty."));

    /// <summary>Questions with their answers: a question, a tab, and a list of texts as Python or JSON writes it, quoted as in
    /// comma-separated files, such as <c>nq-test.qa.csv</c>. A question's id is its number in the file, from 0.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is wrong, and the message says which.</exception>
    public static IEnumerable<Query> ReadQuestions(string path) => TabRecords.Read(StreamedFile.At(path))
        .Select(record => (record.Line, Values: Columns(record, "question, list of answers", 2)))
        .Select((record, number) => new Query(number.ToString(CultureInfo.InvariantCulture), record.Values[0])
        {
            Answers = [.. TextList.Parse(record.Line, record.Values[1]).Distinct(StringComparer.Ordinal)],
        });

    private static IReadOnlyList<string> Columns((TextLine Line, IReadOnlyList<string> Values) record, string names, int count) =>
        record.Values.Count == count
            ? record.Values
            : throw record.Line.Wrong($"{Counted.There(record.Values.Count, "column")} between tabs; expected {count}: {names}.");

    private static bool IsLines(string path) =>
        path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first that is not blank; null if all are.</summary>
    private static char? FirstCharacter(StreamedFile file)
    {
        using var window = new StreamWindow(file);
        while (window.Fill())
        {
            var text = window.Held.TrimStart(" \t\r\n"u8);
            if (!text.IsEmpty)
                return (char)text[0];
        }

        return null;
    }
}
