using Contrastive.Cli;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class DataNamesTests : IDisposable
{
    private readonly CommandOutput _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Every_set_to_search_is_known() =>
        Assert.All(RetrievalData.Names, name => Assert.Equal(name, DataNames.Resolve(name, isLesson: true)));

    [Fact]
    public void Every_set_of_captioned_pictures_is_known() =>
        Assert.All(CaptionData.Names, name => Assert.Equal(name, DataNames.Resolve(name, isLesson: true)));

    [Theory]
    [InlineData("captions:")]
    [InlineData("beir:")]
    [InlineData("dpr:")]
    public void A_path_is_made_absolute_and_must_exist(string kind)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _files.Folder);
        Assert.Equal(kind + _files.Folder, DataNames.Resolve(kind + relative, isLesson: true));
        Assert.Throws<FileNotFoundException>(() => DataNames.Resolve($"{kind}{relative}/nowhere", isLesson: true));
        Assert.Throws<FileNotFoundException>(() => DataNames.Resolve(kind + _files.Write("a.txt", ""), isLesson: true));
    }

    [Fact]
    public void An_unknown_name_lists_what_there_is()
    {
        var message = Assert.Throws<ArgumentException>(() => DataNames.Resolve("wikipedia", isLesson: true)).Message;
        Assert.Contains(" encyclopedia, squad-dev, nfcorpus, ", message, StringComparison.Ordinal);
        Assert.EndsWith("your own: folder:PATH (pictures), captions:PATH (pictures and captions), file:PATH (texts), beir:PATH or dpr:FOLDER (questions and passages).", message, StringComparison.Ordinal);
    }
}
