using Contrastive.Tests.Data;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_when_the_new_one_is_whole_and_not_before()
    {
        WholeFile.WriteLines(_folder.At("a"), ["é", ""]);
        Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(_folder.At("a"), file =>
        {
            file.Write("half"u8);
            file.Flush();
            Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
            throw new InvalidOperationException();
        }));
        Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        WholeFile.Write(_folder.At("a"), file => file.Write("new"u8));
        Assert.Equal("new"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        Assert.Equal(["a"], _folder.Names);
    }

    [Fact]
    public void Of_two_writers_at_once_each_writes_its_file_and_the_last_to_end_wins()
    {
        WholeFile.Write(_folder.At("a"), outer =>
        {
            outer.Write("outer"u8);
            WholeFile.Write(_folder.At("a"), inner => inner.Write("inner"u8));
            Assert.Equal("inner", File.ReadAllText(_folder.At("a")));
        });
        Assert.Equal("outer", File.ReadAllText(_folder.At("a")));
        Assert.Equal(["a"], _folder.Names);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named_as_it_was_given()
    {
        var path = _folder.At("missing/a");
        Assert.Equal($"'{path}' cannot be written: there is no folder '{_folder.At("missing")}'; create it.", Refused<DirectoryNotFoundException>(path));
        _folder.Write("file", [1]);
        var below = Refused<IOException>(_folder.At("file/a"));
        Assert.Contains($"'{_folder.At("file/a")}'", below);
        Assert.DoesNotContain("partial", below);
        Assert.Contains("is a folder", Refused<IOException>(_folder.Path));
        Assert.Equal(["file"], _folder.Names);
    }

    private static string Refused<T>(string path) where T : Exception =>
        Assert.ThrowsAny<T>(() => WholeFile.Write(path, _ => Assert.Fail("It began to write."))).Message;
}
