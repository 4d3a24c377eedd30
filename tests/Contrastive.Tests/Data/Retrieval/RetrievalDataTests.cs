using System.IO.Compression;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class RetrievalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_name_lists_the_known_ones() => Assert.StartsWith(
        $"There is no retrieval data 'wikipedia'. There are: {string.Join(", ", RetrievalData.Names)}, and beir:PATH.",
        Assert.Throws<ArgumentException>(() => RetrievalData.Load("wikipedia")).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_files_say_how_to_get_them()
    {
        var missing = Assert.Throws<FileNotFoundException>(() => RetrievalData.Load("nfcorpus", folder: new DataFolder(_folder.Path)));
        Assert.StartsWith("BEIR NFCorpus is not in the data folder: '", missing.Message, StringComparison.Ordinal);
        Assert.EndsWith("nfcorpus.zip' is missing. Run: contrastive data get nfcorpus", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_or_zip_of_ones_own_is_loaded_by_its_path()
    {
        var folder = _folder.Beir();
        _folder.Text("set/qrels/dev.tsv", "q3\td1\t1");
        ZipFile.CreateFromDirectory(folder, _folder.At("packed.zip"));
        Assert.Equal("set, test: 4 passages, 2 queries, 3 judgments", RetrievalData.Load($"beir:{folder}").ToString());
        Assert.Equal("packed, dev: 4 passages, 1 queries, 1 judgments", RetrievalData.Load($"beir:{_folder.At("packed.zip")}", "dev").ToString());
        Assert.Equal($"beir:{folder}", OwnData.Resolve($"beir: {folder}/"));
    }

    [Fact]
    public void What_is_no_set_of_ones_own_is_said()
    {
        var file = _folder.Text("corpus.jsonl", "{}");
        Assert.StartsWith($"'{file}' is a file; beir:PATH takes a folder or a .zip", Assert.Throws<FileNotFoundException>(() => RetrievalData.Load($"beir:{file}")).Message, StringComparison.Ordinal);
        Assert.StartsWith("'beir:' names no path; expected beir:PATH.", Assert.Throws<ArgumentException>(() => RetrievalData.Load("beir:")).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no split 'train' of squad-dev; it has one: dev.", Assert.Throws<ArgumentException>(() => RetrievalData.Load("squad-dev", "train")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_data_has_its_published_sizes()
    {
        var folder = RealData.With("nfcorpus");
        Assert.Equal("BEIR NFCorpus, test: 3,633 passages, 323 queries, 12,334 judgments", RetrievalData.Load("nfcorpus", folder: folder).ToString());
        Assert.Equal("BEIR NFCorpus, dev: 3,633 passages, 324 queries, 11,385 judgments", RetrievalData.Load("nfcorpus", "dev", folder).ToString());
        Assert.Equal("SQuAD 1.1 dev (rebuilt): 2,067 passages, 10,570 queries, 10,570 judgments", RetrievalData.Load("squad-dev", folder: RealData.With("squad-dev")).ToString());
    }
}
