using System.IO.Compression;
using System.Text;
using Xunit;

namespace Contrastive.Tests.Data;

/// <summary>Small files of retrieval data that a test writes, and what is wrong with them.</summary>
internal static class RetrievalFiles
{
    public const string Corpus = """
        {"_id": "d1", "title": "Tea", "text": "Tea is a drink.", "metadata": {"url": ["a", {"b": 1}]}}
        {"_id": "d2", "title": "", "text": "Coffee wakes."}
        {"text": "No title at all.", "_id": "d3"}
        {"_id": 4, "title": null, "text": "A number names it."}
        """;

    public const string Queries = """
        {"_id": "q1", "text": "what is tea", "metadata": {}}
        {"_id": "q2", "text": "what wakes"}
        {"_id": "q3", "text": "unjudged"}
        """;

    public const string Judged = "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td2\t1\n";

    /// <summary>Writes a set whose files can be replaced or, by null, left out.</summary>
    public static string Beir(
        this TemporaryFolder folder, string? corpus = Corpus, string? queries = Queries, string? judged = Judged, string name = "set", string split = "test")
    {
        Directory.CreateDirectory(folder.At(name));
        foreach (var (file, text) in new[] { ("corpus.jsonl", corpus), ("queries.jsonl", queries), ($"qrels/{split}.tsv", judged) })
        {
            if (text is not null)
                folder.Text($"{name}/{file}", text);
        }

        return folder.At(name);
    }

    public static string Text(this TemporaryFolder folder, string name, string text) => folder.Write(name, Encoding.UTF8.GetBytes(text));

    public static byte[] GZip(string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    /// <summary>The whole message of the error in a file.</summary>
    public static string Wrong(Func<object?> read) => Assert.Throws<InvalidDataException>(read).Message;
}
