using System.Text;
using Contrastive.Data;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class PictureCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PictureCacheTests()
    {
        foreach (var i in Enumerable.Range(0, 5))
            Draw($"{i}.png", (byte)(40 * i));
        _folder.Write("set/broken.png", [1, 2]);
        _folder.Write("set/captions.txt", Encoding.UTF8.GetBytes("image,caption\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"{i}.png,number {i}\n")) + "broken.png,none\n"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_kept_set_equals_the_decoded_one_damage_included_and_is_not_written_again()
    {
        using var first = Read();
        var file = Assert.Single(Kept());
        var written = File.GetLastWriteTimeUtc(file);
        using var second = Read();
        Assert.True(first.Images.equal(second.Images).all().item<bool>());
        Assert.Equal((first.Names, first.Texts, first.Notes), (second.Names, second.Texts, second.Notes), Same);
        Assert.Contains("1 picture is damaged", Assert.Single(second.Notes), StringComparison.Ordinal);
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void What_is_kept_is_what_is_used()
    {
        Read().Dispose();
        // The sources say other things, but have the sizes and times that they had.
        foreach (var i in Enumerable.Range(0, 5))
        {
            var (file, time) = (_folder.At($"set/{i}.png"), File.GetLastWriteTimeUtc(_folder.At($"set/{i}.png")));
            File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
            File.SetLastWriteTimeUtc(file, time);
        }

        using var set = Read();
        Assert.Equal([0, 40, 80, 120, 160], set.Images[.., 0, 0, 0].data<byte>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(-1)]
    public void A_damaged_file_is_made_anew(int place)
    {
        Read().Dispose();
        var file = Assert.Single(Kept());
        var bytes = File.ReadAllBytes(file);
        var damaged = (byte[])bytes.Clone();
        damaged[place < 0 ? damaged.Length - 1 : place] ^= 1;
        File.WriteAllBytes(file, damaged);
        using var set = Read();
        Assert.Equal([0, 40, 80, 120, 160], set.Images[.., 0, 0, 0].data<byte>().ToArray());
        Assert.Equal(bytes, File.ReadAllBytes(file));

        foreach (var length in new[] { 0, 10, 64, bytes.Length - 1 })
        {
            File.WriteAllBytes(file, bytes[..length]);
            Read().Dispose();
            Assert.Equal(bytes, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void Another_size_a_changed_picture_and_a_new_time_are_other_keys()
    {
        Read().Dispose();
        Read(size: 9).Dispose();
        Assert.Equal(2, Kept().Length);
        Draw("3.png", 77);
        File.SetLastWriteTimeUtc(_folder.At("set/3.png"), DateTime.UnixEpoch);
        using var changed = Read();
        Assert.Equal(77, changed.Images[3, 0, 0, 0].item<byte>());
        Assert.Equal(3, Kept().Length);
    }

    [Fact]
    public void Where_nothing_can_be_kept_the_set_is_there_all_the_same_and_says_so()
    {
        _folder.Write("cache", [1]); // A file in the folder's place.
        using var set = Read();
        Assert.Equal(5, set.Count);
        Assert.Equal(
            $"Decoded pictures cannot be kept in '{_folder.At("cache")}', so that they are decoded each time: set CONTRASTIVE_CACHE to a folder that can be written.", set.Notes[^1]);
        Assert.Equal([1], File.ReadAllBytes(_folder.At("cache")));
    }

    private static bool Same((IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>) one, (IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>) other) =>
        one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3);

    private string[] Kept() => Directory.GetFiles(_folder.At("cache"));

    private CaptionedImages Read(int size = 8) => CaptionFolder.Read(_folder.At("set"), size, cache: _folder.At("cache"));

    private void Draw(string name, byte red) => _folder.Write($"set/{name}", Archives.Picture(16, 16, new SKColor(red, 0, 0)));
}
