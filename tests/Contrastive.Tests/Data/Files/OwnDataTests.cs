using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class OwnDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shapes")]
    [InlineData("cifar10")]
    [InlineData("Folder:x")]
    public void The_name_of_a_set_is_no_path(string name) => Assert.Null(OwnData.Resolve(name));

    [Fact]
    public void A_path_is_made_absolute_from_the_current_directory_or_the_home()
    {
        var picture = _folder.Write("pets/cat/1.png", [1]);
        Assert.Equal($"folder:{_folder.At("pets")}", OwnData.Resolve($"folder:{_folder.At("pets")}{Path.DirectorySeparatorChar}"));
        Assert.Equal($"folder:{_folder.At("pets")}", OwnData.Resolve($"folder:{Path.GetRelativePath(Environment.CurrentDirectory, _folder.At("pets"))}"));
        Assert.Equal($"file:{picture}", OwnData.Resolve($"file: {picture}"));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal($"folder:{home}", OwnData.Resolve("folder:~"));
        Assert.Equal($"folder:{home}", OwnData.Resolve("folder:~/"));
    }

    [Fact]
    public void What_is_missing_or_of_the_other_kind_is_said()
    {
        var file = _folder.Write("texts.txt", [1]);
        Assert.Equal($"There is nothing at '{_folder.At("nowhere")}', which folder:{_folder.At("nowhere")} names.", Refused($"folder:{_folder.At("nowhere")}"));
        Assert.StartsWith($"'{_folder.Path}' is a folder; file:PATH takes a file of sentences or triplets", Refused($"file:{_folder.Path}"), StringComparison.Ordinal);
        Assert.StartsWith($"'{file}' is a file; folder:PATH takes a folder of pictures, or a .tar, .tar.gz, .tgz or .zip of one", Refused($"folder:{file}"), StringComparison.Ordinal);
        Assert.StartsWith("'folder:' names no path; expected folder:PATH.", Assert.Throws<ArgumentException>(() => OwnData.Resolve("folder:")).Message, StringComparison.Ordinal);
    }

    private static string Refused(string name) => Assert.Throws<FileNotFoundException>(() => OwnData.Resolve(name)).Message;
}
