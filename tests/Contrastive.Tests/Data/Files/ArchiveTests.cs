using System.Formats.Tar;
using System.Text;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class ArchiveTests : IDisposable
{
    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("hello");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("good.tar")]
    [InlineData("good.tar.gz")]
    [InlineData("good.tgz")]
    [InlineData("good.zip")]
    public void Unpacks_every_kind_into_a_new_folder(string name)
    {
        (string, byte[])[] files = [("./a.txt", Hello), ("deep/er/b.txt", Hello), ("empty.txt", [])];
        var bytes = name.EndsWith("zip", StringComparison.Ordinal) ? Archives.Zip(files) : Archives.Tar(files);
        var archive = _folder.Write(name, name.EndsWith("gz", StringComparison.Ordinal) ? Archives.Gzip(bytes) : bytes);

        Archive.Unpack(archive, _folder.At("out"));

        Assert.Equal(["a.txt", "deep", "deep/er", "deep/er/b.txt", "empty.txt"], Under("out"));
        Assert.Equal("hello", File.ReadAllText(_folder.At("out/deep/er/b.txt")));
    }

    [Fact]
    public void One_folder_that_holds_everything_is_left_out()
    {
        Archive.Unpack(_folder.Write("set.zip", Archives.Zip(("set/a.txt", Hello), ("set/sub/b.txt", Hello))), _folder.At("out"));

        Assert.Equal(["a.txt", "sub", "sub/b.txt"], Under("out"));
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("ok/../../evil.txt")]
    [InlineData("/contrastive-evil.txt")]
    [InlineData("..\\evil.txt")]
    [InlineData("C:evil.txt")]
    [InlineData("a/..")]
    public void A_name_that_leads_outside_is_refused_and_leaves_nothing(string name)
    {
        foreach (var (file, bytes) in new[] { ("bad.tar", Archives.Tar(("first.txt", Hello), (name, Hello))), ("bad.zip", Archives.Zip(("first.txt", Hello), (name, Hello))) })
        {
            var archive = _folder.Write(file, bytes);
            var refused = Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out")));

            Assert.StartsWith(archive, refused.Message, StringComparison.Ordinal);
            Assert.Contains("refused", refused.Message, StringComparison.Ordinal);
            File.Delete(archive);
            Assert.Empty(_folder.Names);
        }
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public void Links_and_devices_in_a_tar_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "trap");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        var archive = _folder.Write("bad.tar", Archives.TarOf(entry));
        Assert.Contains($"'trap' is a {type}", Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out"))).Message, StringComparison.Ordinal);
        Assert.Equal(["bad.tar"], _folder.Names);
    }

    [Fact]
    public void A_link_in_a_zip_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("trap").ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        var archive = _folder.Write("bad.zip", bytes.ToArray());
        Assert.Contains("link or a device", Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bomb.tar.gz")]
    [InlineData("bomb.zip")]
    public void A_bomb_is_stopped_at_the_limit_and_leaves_nothing(string name)
    {
        (string, byte[]) zeros = ("zeros", new byte[5_000_000]);
        var archive = _folder.Write(name, name.EndsWith("zip", StringComparison.Ordinal) ? Archives.Zip(zeros) : Archives.Gzip(Archives.Tar(zeros)));
        Assert.True(new FileInfo(archive).Length < 20_000);

        var refused = Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out"), new UnpackLimits { Bytes = 1_000_000 }));

        Assert.Contains("unpacks to more than 1,000,000 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal([name], _folder.Names);
    }

    [Fact]
    public void Too_many_entries_are_refused()
    {
        var archive = _folder.Write("many.tar", Archives.Tar([.. Enumerable.Range(0, 11).Select(i => ($"file{i}", Hello))]));
        Assert.Contains("more than 10 entries",
            Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out"), new UnpackLimits { Entries = 10 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut.tar", 700)]
    [InlineData("cut.tar.gz", 300)]
    [InlineData("cut.zip", 400)]
    [InlineData("empty.tar", 0)]
    [InlineData("empty.zip", 0)]
    public void A_truncated_archive_is_an_error_and_leaves_nothing(string name, int length)
    {
        var noise = new byte[4000];
        new Random(1).NextBytes(noise);
        var whole = name.EndsWith("zip", StringComparison.Ordinal) ? Archives.Zip(("a", noise), ("b", noise)) : Archives.Tar(("a", noise), ("b", noise));
        var bytes = name.EndsWith("gz", StringComparison.Ordinal) ? Archives.Gzip(whole) : whole;
        var archive = _folder.Write(name, bytes[..length]);

        var failed = Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out")));

        Assert.StartsWith(archive, failed.Message, StringComparison.Ordinal);
        Assert.Equal([name], _folder.Names);
    }

    [Fact]
    public void Damage_that_only_the_checksum_shows_is_found()
    {
        var bytes = Archives.Gzip(Archives.Tar(("a", Hello)));
        bytes[^6] ^= 0xff; // in gzip's CRC-32
        Assert.Throws<InvalidDataException>(() => Archive.Unpack(_folder.Write("bad.tar.gz", bytes), _folder.At("out")));
        Assert.Equal(["bad.tar.gz"], _folder.Names);
    }

    [Fact]
    public void An_entry_that_occurs_twice_is_refused()
    {
        var archive = _folder.Write("twice.tar", Archives.Tar(("a", Hello), ("./a", Hello)));
        Assert.Contains("'a' occurs twice", Assert.Throws<InvalidDataException>(() => Archive.Unpack(archive, _folder.At("out"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_there_already_stays_as_it_is()
    {
        var archive = _folder.Write("good.tar", Archives.Tar(("a", Hello)));
        _folder.Write("out/mine.txt", Hello);

        Assert.Contains("already exists", Assert.Throws<IOException>(() => Archive.Unpack(archive, _folder.At("out"))).Message, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Under("out"));
    }

    [Fact]
    public void A_single_compressed_file_unpacks_whole_or_not_at_all()
    {
        var good = _folder.Write("a.txt.gz", Archives.Gzip(Hello));
        var cut = _folder.Write("b.txt.gz", Archives.Gzip(new byte[100_000])[..60]);

        Archive.UnpackFile(good, _folder.At("a.txt"));
        Assert.StartsWith(cut, Assert.Throws<InvalidDataException>(() => Archive.UnpackFile(cut, _folder.At("b.txt"))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Archive.UnpackFile(good, _folder.At("c.txt"), new UnpackLimits { Bytes = 4 }));

        Assert.Equal("hello", File.ReadAllText(_folder.At("a.txt")));
        Assert.Equal(["a.txt", "a.txt.gz", "b.txt.gz"], _folder.Names);
    }

    private string[] Under(string folder) =>
        [.. _folder.Names.Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Select(name => name[(folder.Length + 1)..])];
}
