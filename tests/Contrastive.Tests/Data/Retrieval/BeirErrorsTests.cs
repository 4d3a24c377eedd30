using System.IO.Compression;
using Contrastive.Data;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;

namespace Contrastive.Tests.Data;

public sealed class BeirErrorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named_with_what_is_there()
    {
        Assert.Equal($"The BEIR set '{At("a")}' is incomplete: corpus.jsonl is missing. There are: queries.jsonl; qrels with the splits test.", Missing(_folder.Beir(corpus: null, name: "a")));
        Assert.Equal($"The BEIR set '{At("b")}' is incomplete: queries.jsonl is missing. There are: corpus.jsonl; qrels with the splits dev.", Missing(_folder.Beir(queries: null, name: "b", split: "dev")));
        Assert.Equal($"The BEIR set '{At("c")}' is incomplete: qrels/SPLIT.tsv is missing. There are: corpus.jsonl; queries.jsonl.", Missing(_folder.Beir(judged: null, name: "c")));
        Assert.StartsWith($"'{At("d")}' holds no BEIR set: there is no corpus.jsonl", Missing(_folder.Beir(null, null, null, name: "d")), StringComparison.Ordinal);
        Assert.Equal($"There is no folder or zip '{At("e")}'.", Missing(At("e")));
    }

    [Fact]
    public void Several_sets_in_one_folder_or_zip_are_listed()
    {
        _folder.Beir(name: "all/android");
        _folder.Beir(name: "all/english");
        Assert.Contains("holds 2 BEIR sets: android/, english/.", Missing(At("all")), StringComparison.Ordinal);
        ZipFile.CreateFromDirectory(At("all"), At("all.zip"));
        Assert.Contains("holds 2 BEIR sets: android/, english/.", Missing(At("all.zip")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"_id\": \"d5\", \"text\": \"cut", "line 5: it is not JSON: Expected end of string, but instead reached end of data (after")]
    [InlineData("{\"_id\": \"d5\", \"text\": \"a\"} {}", "line 5: it is not JSON: '{' is invalid after a single JSON value")]
    [InlineData("[\"d5\"]", "line 5: expected an object in braces, found an array.")]
    [InlineData("{\"id\": \"d5\", \"text\": \"a\"}", "line 5: there is no '_id'.")]
    [InlineData("{\"_id\": \"d5\", \"contents\": \"a\"}", "line 5: there is no 'text'.")]
    [InlineData("{\"_id\": \"\", \"text\": \"a\"}", "line 5: '_id' is empty; expected a name.")]
    [InlineData("{\"_id\": null, \"text\": \"a\"}", "line 5: '_id' is null; expected a name or a number.")]
    [InlineData("{\"_id\": \"d5\", \"text\": [\"a\"]}", "line 5: 'text' is an array; expected text.")]
    [InlineData("{\"_id\": \"d5\", \"text\": \"\\ud83d!\"}", "line 5: 'text' holds half a character")]
    [InlineData("{\"_id\": \"d2\", \"text\": \"a\"}", "line 5: the id 'd2' occurs twice; it is that of line 2 already.")]
    public void A_wrong_line_of_the_corpus_is_named_with_what_is_wrong(string line, string expected) =>
        Assert.StartsWith($"{At("set/corpus.jsonl")}, {expected}", Wrong(() => BeirSet.Load(_folder.Beir($"{Corpus}\n{line}\n"))), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_and_an_empty_corpus_are_refused()
    {
        var folder = _folder.Beir(corpus: null);
        _folder.Write("set/corpus.jsonl", [.. "{\"_id\": \"a\", \"text\": \"b\"}\n{\"_id\": \"c\", \"skipped\": \""u8, 0xff, .. "\", \"text\": \"b\"}"u8]);
        Assert.Equal($"{At("set/corpus.jsonl")}, line 2: it is not UTF-8.", Wrong(() => BeirSet.Load(folder)));
        Assert.Equal($"{At("set/corpus.jsonl")}: it is empty.", Wrong(() => BeirSet.Load(_folder.Beir(corpus: "\n \r\n"))));
    }

    [Theory]
    [InlineData("q1\td1\tx", "line 2: the grade 'x' is no whole number.")]
    [InlineData("q1\td1\t1.5", "line 2: the grade '1.5' is no whole number.")]
    [InlineData("q1\td1", "line 2: there are 2 columns between tabs; expected 3: query-id, corpus-id, score.")]
    [InlineData("q1", "line 2: there is 1 column between tabs; expected 3: query-id, corpus-id, score.")]
    [InlineData("\td1\t1", "line 2: the query's id is empty.")]
    [InlineData("query-id\tcorpus-id\tscore", "line 2: the grade 'score' is no whole number.")]
    public void A_wrong_line_of_the_judgments_is_named(string line, string expected) =>
        Assert.Equal($"{At("set/qrels/test.tsv")}, {expected}", Wrong(() => BeirSet.Load(_folder.Beir(judged: $"q1\td1\t1\n{line}\n"))));

    [Fact]
    public void Judgments_in_another_form_or_of_other_queries_are_refused()
    {
        Assert.StartsWith($"{At("set/qrels/test.tsv")}, line 1: there is 1 column between tabs and 3 between blanks; expected", Wrong(() => BeirSet.Load(_folder.Beir(judged: "q1 d1 1"))), StringComparison.Ordinal);
        Assert.Equal($"{At("set/qrels/test.tsv")}, line 2: there are 3 columns; expected 4: query, 0, document, grade.", Wrong(() => BeirSet.Load(_folder.Beir(judged: "q1 0 d1 1\nq1 d2 1"))));
        Assert.Equal($"{At("set/qrels/test.tsv")}, line 2: there is 1 column; expected 4: query, 0, document, grade.", Wrong(() => BeirSet.Load(_folder.Beir(judged: "q1 0 d1 1\nq1"))));
        Assert.Equal($"{At("set/qrels/test.tsv")}: it judges no query of {At("set/queries.jsonl")}.", Wrong(() => BeirSet.Load(_folder.Beir(judged: "q8\td1\t1"))));
        foreach (var nothing in new[] { "", "\r\n", "query-id\tcorpus-id\tscore\n" })
            Assert.Equal($"{At("set/qrels/test.tsv")}: it is empty.", Wrong(() => BeirSet.Load(_folder.Beir(judged: nothing))));
    }

    [Fact]
    public void A_damaged_or_oversized_archive_is_refused_by_name()
    {
        ZipFile.CreateFromDirectory(_folder.Beir(), At("set.zip"));
        var bytes = File.ReadAllBytes(At("set.zip"));
        Assert.StartsWith($"{_folder.Write("cut.zip", bytes[..^30])}: it cannot be unpacked:", Wrong(() => BeirSet.Load(At("cut.zip"))), StringComparison.Ordinal);
        Assert.Contains("corpus.jsonl: it cannot be unpacked: It unpacks to more than 100 bytes: refused.", Wrong(() => BeirSet.Load(At("set.zip"), "test", new UnpackLimits { Bytes = 100 })), StringComparison.Ordinal);
        Assert.Contains("It has more than 2 entries: refused.", Wrong(() => BeirSet.Load(At("set.zip"), "test", new UnpackLimits { Entries = 2 })), StringComparison.Ordinal);
        var gzip = GZip(Corpus);
        Assert.StartsWith($"{_folder.Write("corpus.jsonl.gz", gzip[..^9])}: it cannot be unpacked:", Wrong(() => BeirSet.ReadPassages(At("corpus.jsonl.gz")).ToList()), StringComparison.Ordinal);
    }

    private string At(string name) => _folder.At(name);

    private static string Missing(string path) => Assert.Throws<FileNotFoundException>(() => BeirSet.Load(path)).Message;
}
