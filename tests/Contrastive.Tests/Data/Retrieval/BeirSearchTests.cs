using System.IO.Compression;
using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Data;

/// <summary>What a caller needs who only wants to search a set: is it one, and its passages.</summary>
public sealed class BeirSearchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("corpus.jsonl")]
    [InlineData("corpus.jsonl.gz")]
    public void Passages_are_read_from_a_corpus_without_queries_and_judgments(string name)
    {
        _folder.Write($"above/set/{name}", name.EndsWith(".gz", StringComparison.Ordinal) ? RetrievalFiles.GZip(RetrievalFiles.Corpus) : System.Text.Encoding.UTF8.GetBytes(RetrievalFiles.Corpus));
        List<string> paths = ["above", "above/set", $"above/set/{name}"];
        if (name == "corpus.jsonl") // the files of a zip are compressed by the zip
        {
            ZipFile.CreateFromDirectory(_folder.At("above"), _folder.At("nested.zip"));
            ZipFile.CreateFromDirectory(_folder.At("above/set"), _folder.At("flat.zip"));
            paths.AddRange(["nested.zip", "flat.zip"]);
        }

        foreach (var path in paths.Select(_folder.At))
        {
            Assert.True(BeirSet.Is(path), path);
            Assert.Equal(["d1", "d2", "d3", "4"], BeirSet.ReadPassages(path).Select(passage => passage.Id));
        }
    }

    [Theory]
    [InlineData("set/queries.jsonl", "corpus.jsonl")]
    [InlineData("set/queries.jsonl.gz", "corpus.jsonl")]
    [InlineData("set/qrels/test.tsv", "corpus.jsonl")]
    [InlineData("set/corpus.jsonl", "queries.jsonl")]
    public void An_incomplete_set_is_one_too_and_told_what_is_missing(string only, string missing)
    {
        _folder.Text(only, "");
        Assert.True(BeirSet.Is(_folder.Path));
        Assert.True(BeirSet.Is(_folder.At("set")));
        Assert.Contains($"is incomplete: {missing} is missing", Assert.Throws<FileNotFoundException>(() => BeirSet.Load(_folder.At("set"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_sets_in_one_folder_are_sets_too()
    {
        _folder.Beir(name: "a");
        _folder.Beir(name: "b");
        Assert.True(BeirSet.Is(_folder.Path));
        Assert.Contains("holds 2 BEIR sets", Assert.Throws<FileNotFoundException>(() => BeirSet.ReadPassages(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_other_files_and_nothing_are_no_set()
    {
        _folder.Text("texts/note.md", "corpus.jsonl");
        _folder.Text("texts/my-corpus.jsonl", RetrievalFiles.Corpus);
        _folder.Text("texts/table.tsv", "");
        _folder.Text("texts/a/b/corpus.jsonl", RetrievalFiles.Corpus);
        ZipFile.CreateFromDirectory(_folder.At("texts"), _folder.At("texts.zip"));
        foreach (var path in new[] { "texts", "texts.zip", "texts/note.md", "texts/my-corpus.jsonl", "nowhere", "nowhere/corpus.jsonl", "nowhere.zip" })
            Assert.False(BeirSet.Is(_folder.At(path)), path);
        Assert.True(BeirSet.Is(_folder.At("texts/a")));
        BadInput.Refused("path", () => BeirSet.Is(" "));
        Assert.Throws<InvalidDataException>(() => BeirSet.Is(_folder.Text("damaged.zip", "no zip")));
    }
}
