using System.IO.Compression;
using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class BeirSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly Passage[] Expected =
        [new("d1", "Tea", "Tea is a drink."), new("d2", "", "Coffee wakes."), new("d3", "", "No title at all."), new("4", "", "A number names it.")];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_gives_passages_judged_queries_and_judgments()
    {
        var set = BeirSet.Load(_folder.Beir());
        Assert.Equal("set, test: 4 passages, 2 queries, 3 judgments", set.ToString());
        Assert.Equal(Expected, set.Passages);
        Assert.Equal(["Tea Tea is a drink.", "Coffee wakes."], set.Passages.Take(2).Select(passage => passage.Contents));
        Assert.Equal([("q1", "what is tea"), ("q2", "what wakes")], set.Queries.Select(query => (query.Id, query.Text)));
        Assert.Equal([("q1", "d1", 2), ("q1", "d2", 0), ("q2", "d2", 1)], Flat(set));
        Assert.Equal(["Of 3 queries the 2 that test judges are taken."], set.Notes);
    }

    [Fact]
    public void A_zip_is_read_in_place_with_its_folder_or_without()
    {
        var folder = _folder.Beir();
        ZipFile.CreateFromDirectory(folder, _folder.At("flat.zip"));
        ZipFile.CreateFromDirectory(folder, _folder.At("nested.zip"), CompressionLevel.Fastest, includeBaseDirectory: true);
        foreach (var name in new[] { "flat", "nested" })
        {
            var set = BeirSet.Load(_folder.At($"{name}.zip"));
            Assert.Equal($"{name}, test: 4 passages, 2 queries, 3 judgments", set.ToString());
            Assert.Equal(Expected, set.Passages);
            Assert.Equal(Expected, BeirSet.ReadPassages(_folder.At($"{name}.zip")));
        }

        Assert.Equal(Expected, BeirSet.Load(_folder.Path).Passages); // the folder above
    }

    [Fact]
    public void Files_of_a_folder_may_be_compressed_and_the_corpus_is_read_by_itself_too()
    {
        var folder = _folder.Beir(corpus: null, judged: null);
        _folder.Write("set/corpus.jsonl.gz", RetrievalFiles.GZip(RetrievalFiles.Corpus));
        _folder.Write("set/qrels/test.tsv.gz", RetrievalFiles.GZip(RetrievalFiles.Judged));
        Assert.Equal((4, 2), (BeirSet.Load(folder).Passages.Count, BeirSet.Load(folder).Queries.Count));
        var passages = BeirSet.ReadPassages(_folder.At("set/corpus.jsonl.gz"));
        Assert.Equal(Expected, passages);
        Assert.Equal(Expected, passages); // each enumeration reads again
        Assert.Equal(Expected, BeirSet.ReadPassages(_folder.Text("plain.jsonl", RetrievalFiles.Corpus)));
    }

    [Fact]
    public void Byte_order_marks_carriage_returns_and_blank_lines_are_of_no_matter()
    {
        static string Windows(string text) => "\uFEFF" + text.Replace("\n", "\r\n\r\n", StringComparison.Ordinal);
        var set = BeirSet.Load(_folder.Beir(Windows(RetrievalFiles.Corpus), Windows(RetrievalFiles.Queries), Windows(RetrievalFiles.Judged)));
        Assert.Equal(Expected, set.Passages);
        Assert.Equal([("q1", "d1", 2), ("q1", "d2", 0), ("q2", "d2", 1)], Flat(set));
    }

    [Theory]
    [InlineData("q1\td1\t2\nq1\td2\t0\nq2\td2\t1")]
    [InlineData("query_id\tdoc_id\trelevance\nq1\td1\t2.0\nq1\td2\t0\nq2\td2\t1\n")]
    [InlineData("q1 0 d1 2\nq1 0 d2 0\nq2 0 d2 1\n")]
    [InlineData("q1\tQ0\td1\t2\r\nq1\tQ0\td2\t0\r\n\r\nq2\tQ0\td2\t1")]
    public void Judgments_come_without_a_header_under_other_names_and_in_four_columns(string judged) =>
        Assert.Equal([("q1", "d1", 2), ("q1", "d2", 0), ("q2", "d2", 1)], Flat(BeirSet.Load(_folder.Beir(judged: judged))));

    [Fact]
    public void An_id_with_quotes_is_found_as_it_is_and_as_a_table_writes_it()
    {
        const string corpus = """
            {"_id": "5\" pipe", "text": "a"}
            {"_id": "\"all\"", "text": "b"}
            {"_id": "a b", "text": "c"}
            """;
        const string judged = "q1\t\"5\"\" pipe\"\t1\nq2\t5\" pipe\t1\nq1\t\"all\"\t1\nq2\t\"\"\"all\"\"\"\t1\n\"q2\"\ta b\t1\n";
        var set = BeirSet.Load(_folder.Beir(corpus, judged: judged));
        Assert.Equal([("q1", "5\" pipe", 1), ("q1", "\"all\"", 1), ("q2", "5\" pipe", 1), ("q2", "\"all\"", 1), ("q2", "a b", 1)], Flat(set));
    }

    [Fact]
    public void What_is_unknown_repeated_or_empty_is_counted_and_told()
    {
        var corpus = RetrievalFiles.Corpus + "\n{\"_id\": \"q2\", \"title\": \"\", \"text\": \" \"}";
        var queries = RetrievalFiles.Queries + "\n{\"_id\": \"q4\", \"text\": \"\"}";
        var set = BeirSet.Load(_folder.Beir(corpus, queries, RetrievalFiles.Judged + "q1\tgone\t1\nq9\td1\t1\nq9\td2\t1\nq4\td1\t1\nq4\td1\t2\n"));
        Assert.Equal([("q1", "d1", 2), ("q1", "d2", 0), ("q1", "gone", 1), ("q2", "d2", 1), ("q4", "d1", 2)], Flat(set));
        Assert.Equal(
            [
                "Of 4 queries the 3 that test judges are taken.",
                "Passages without title and text: 1; they stay.",
                "Queries without text: 1; they stay and find nothing.",
                "Queries that share their id with a passage: 1; BEIR leaves that passage out of their results.",
                "Judgments of documents that the corpus lacks: 1; they stay and count as not found, as in trec_eval.",
                "Judgments of queries that the set lacks: 2; they are left out.",
                "Judgments that repeat an earlier one of the same document: 1; the last counts.",
            ],
            set.Notes);
    }

    [Fact]
    public void A_split_is_chosen_and_an_unknown_one_lists_them()
    {
        var folder = _folder.Beir();
        _folder.Text("set/qrels/dev.tsv", "q3\td1\t1");
        Assert.Equal(["dev", "test"], BeirSet.Splits(folder));
        Assert.Equal(["q3"], BeirSet.Load(folder, "dev").Queries.Select(query => query.Id));
        Assert.Equal(["Of 3 queries the 1 that dev judges is taken."], BeirSet.Load(folder, "dev").Notes);
        Assert.StartsWith($"There is no split 'train' in '{folder}'. There are: dev, test.", Assert.Throws<ArgumentException>(() => BeirSet.Load(folder, "train")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_NFCorpus_is_read_from_its_zip()
    {
        var path = RealData.With("nfcorpus").PathOf("beir/nfcorpus.zip");
        var set = BeirSet.Load(path);
        Assert.Equal("nfcorpus, test: 3,633 passages, 323 queries, 12,334 judgments", set.ToString());
        Assert.Equal(["Of 3,237 queries the 323 that test judges are taken."], set.Notes);
        Assert.Equal(["dev", "test", "train"], BeirSet.Splits(path));
        Assert.Equal(set.Passages, BeirSet.ReadPassages(path));
        Assert.Equal("Statin Use and Breast Cancer Survival: A Nationwide Cohort Study from Finland", set.Passages[0].Title);
        Assert.Equal(2, set.Relevance["PLAIN-2"]["MED-2427"]);
    }

    private static IEnumerable<(string, string, int)> Flat(RetrievalSet set) => set.Relevance
        .SelectMany(query => query.Value.Select(judged => (query.Key, judged.Key, judged.Value))).OrderBy(judged => judged.Item1, StringComparer.Ordinal);
}
