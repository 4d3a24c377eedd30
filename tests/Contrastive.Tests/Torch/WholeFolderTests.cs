using Contrastive.Tests.Data;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

public sealed class WholeFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Place => _folder.At("deep/a");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_replaced_when_the_new_one_is_whole_and_not_before()
    {
        Write("old");
        Assert.Throws<InvalidOperationException>(() => WholeFolder.Write(Place, _ => { }, partial =>
        {
            File.WriteAllText(Path.Combine(partial, "new"), "");
            Assert.Equal([Path.Combine(Place, "old")], Directory.GetFileSystemEntries(Place));
            throw new InvalidOperationException();
        }));
        Assert.Equal(["deep", "deep/a", "deep/a/old"], _folder.Names);
        Write("new");
        Assert.Equal(["deep", "deep/a", "deep/a/new"], _folder.Names);
    }

    [Fact]
    public void Of_two_writers_at_once_each_writes_its_folder_and_the_last_to_end_wins()
    {
        WholeFolder.Write(Place, _ => { }, partial =>
        {
            File.WriteAllText(Path.Combine(partial, "outer"), "");
            Write("inner");
        });
        Assert.Equal(["deep", "deep/a", "deep/a/outer"], _folder.Names);
    }

    [Fact]
    public void What_must_stay_stays_also_when_it_came_meanwhile()
    {
        var asked = new List<string>();
        void Refuse(string target) => asked.Add(target);
        WholeFolder.Write(Place, Refuse, _ => { });
        WholeFolder.Write(Place, Refuse, _ => { }); // empty
        Assert.Empty(asked);
        Assert.Throws<IOException>(() => WholeFolder.Write(Place + "/", target => throw new IOException(target), _ => _folder.Write("deep/a/thesis", [1])));
        Assert.Equal(["deep", "deep/a", "deep/a/thesis"], _folder.Names);
        Assert.Equal(Place, Assert.Throws<IOException>(() => WholeFolder.Write(Place, target => throw new IOException(target), _ => Assert.Fail("It began to write."))).Message);
    }

    private void Write(string name) => WholeFolder.Write(Place, _ => { }, partial => File.WriteAllText(Path.Combine(partial, name), ""));
}
