using Contrastive.Retrieval;
using Contrastive.Tests.Data;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class Bm25FolderTests
{
    private static readonly Passage[] Two = [new("a", "A title", "one word"), new("b", "", "another word and a title")];

    [Fact]
    public void An_index_in_a_folder_finds_what_one_in_memory_finds_also_when_opened_again()
    {
        using var folder = new TemporaryFolder();
        var passages = Bm25Oracle.Passages(count: 300, seed: 2);
        string[] queries = ["w1 w2", "w7", "w0 w0 w5"];
        using var memory = Bm25Index.Build(passages);
        var expected = memory.Search(queries, 20);
        using (var built = Bm25Index.Build(passages, folder.At("index")))
            Assert.Equal(expected, built.Search(queries, 20));
        using var opened = Bm25Index.Open(folder.At("index"));
        Assert.Equal(expected, opened.Search(queries, 20));
        Assert.Equal(passages[17], opened.Get("p17"));
        Assert.Equal(memory.Options, opened.Options);
        Assert.Equal(300, opened.Count);
    }

    [Fact]
    public void K1_B_and_TieBreaker_can_be_changed_when_it_is_opened()
    {
        using var folder = new TemporaryFolder();
        var passages = Bm25Oracle.Passages(count: 60, seed: 3);
        Bm25Index.Build(passages, folder.At("index")).Dispose();
        var changed = new Bm25Options { K1 = 0.4, B = 0.1, TieBreaker = 1 };
        using var expected = Bm25Index.Build(passages, changed);
        using var opened = Bm25Index.Open(folder.At("index"), changed);
        Assert.Equal(expected.Search(["w1 w2 w5"], 20), opened.Search(["w1 w2 w5"], 20));
        Assert.Equal(0.4, opened.Options.K1);
    }

    [Fact]
    public void Options_that_differ_from_those_it_was_built_with_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Bm25Index.Build(Two, folder.At("index")).Dispose();
        Wrong("Analyzer English, and is opened with Plain", () => Bm25Index.Open(folder.At("index"), new Bm25Options { Analyzer = Bm25Analyzer.Plain }));
        Wrong("Fields Separate", () => Bm25Index.Open(folder.At("index"), new Bm25Options { Fields = Bm25Fields.Joined }));
        Wrong("KeepsPassages True", () => Bm25Index.Open(folder.At("index"), new Bm25Options { KeepsPassages = false }));
    }

    [Fact]
    public void Nothing_is_left_where_building_fails_and_what_is_there_stays()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => Bm25Index.Build([.. Two, Two[0]], folder.At("index")));
        Assert.Throws<InvalidDataException>(() => Bm25Index.Build(Two.Concat(Enumerable.Range(0, 1).Select<int, Passage>(_ => throw new InvalidDataException())), folder.At("index")));
        Assert.Empty(folder.Names);
        Bm25Index.Build(Two, folder.At("index")).Dispose();
        var names = folder.Names;
        Assert.Contains("replace: true", Assert.Throws<IOException>(() => Bm25Index.Build(Two, folder.At("index"))).Message);
        Assert.Throws<ArgumentException>(() => Bm25Index.Build([.. Two, Two[0]], folder.At("index"), replace: true));
        Assert.Equal(names, folder.Names);
        using var opened = Bm25Index.Open(folder.At("index"));
        Assert.Equal(2, opened.Count);
    }

    [Fact]
    public void An_index_is_replaced_on_request_and_nothing_else_is()
    {
        using var folder = new TemporaryFolder();
        Bm25Index.Build(Two, folder.At("index")).Dispose();
        using (var one = Bm25Index.Build(Two[..1], folder.At("index"), replace: true))
            Assert.Equal(1, one.Count);
        Assert.DoesNotContain(folder.Names, name => name.Contains("replaced", StringComparison.Ordinal) || name.Contains("lock", StringComparison.Ordinal));
        folder.Write("index/notes.txt", [1]);
        Assert.Contains("notes.txt", Assert.Throws<IOException>(() => Bm25Index.Build(Two, folder.At("index"), replace: true)).Message);
        File.Delete(folder.At("index/notes.txt"));
        folder.Write("index/_thesis.txt", [1]);
        Assert.Contains("_thesis.txt", Assert.Throws<IOException>(() => Bm25Index.Build(Two, folder.At("index"), replace: true)).Message);
        folder.Write("thesis/_thesis.doc", [1]);
        Assert.Contains("holds no index", Assert.Throws<IOException>(() => Bm25Index.Build(Two, folder.At("thesis"), replace: true)).Message);
        Assert.Contains("thesis/_thesis.doc", folder.Names);
        Assert.Throws<IOException>(() => Bm25Index.Build(Two, folder.At("thesis/_thesis.doc"), replace: true));
        System.IO.Directory.CreateDirectory(folder.At("empty"));
        Bm25Index.Build(Two, folder.At("empty")).Dispose();
    }

    [Fact]
    public void What_is_no_index_or_a_damaged_one_is_told()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => Bm25Index.Open(folder.At("none")));
        folder.Write("other/notes.txt", [1]);
        Wrong("no index", () => Bm25Index.Open(folder.At("other")));
        Bm25Index.Build(Two, folder.At("index")).Dispose();
        foreach (var file in System.IO.Directory.GetFiles(folder.At("index")).Where(path => !path.EndsWith("segments.gen", StringComparison.Ordinal)))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var damaged in new[] { bytes[..(bytes.Length / 2)], [], null })
            {
                File.Delete(file);
                if (damaged is not null)
                    File.WriteAllBytes(file, damaged);
                Wrong("index", () => Bm25Index.Open(folder.At("index")));
            }

            File.WriteAllBytes(file, bytes);
        }

        Bm25Index.Open(folder.At("index")).Dispose();
    }

    [Fact]
    public void An_index_of_another_version_or_origin_is_refused()
    {
        using var folder = new TemporaryFolder();
        Bm25Index.Build(Two, folder.At("index")).Dispose();
        Commit(folder.At("index"), entries => entries["lucene"] = "4.8.0-beta00005");
        Wrong("has lucene 4.8.0-beta00005, this library 4.8.0-", () => Bm25Index.Open(folder.At("index")));
        Commit(folder.At("index"), entries => entries["format"] = "2");
        Wrong("has format 2, this library 1; build it again", () => Bm25Index.Open(folder.At("index")));
        Commit(folder.At("index"), entries => entries.Clear());
        Wrong("Bm25Index did not make it", () => Bm25Index.Open(folder.At("index")));
    }

    private static void Commit(string folder, Action<Dictionary<string, string>> change)
    {
        using var directory = new MMapDirectory(folder, NoLockFactory.GetNoLockFactory());
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new KeywordAnalyzer()));
        var entries = new Dictionary<string, string>(writer.CommitData);
        change(entries);
        writer.SetCommitData(entries);
        writer.Commit();
    }

    private static void Wrong(string because, Action action) => Assert.Contains(because, Assert.Throws<InvalidDataException>(action).Message);
}
