using Contrastive.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Images_come_back_in_their_shape_compressed_or_not(bool isCompressed)
    {
        var bytes = Images(2, 3, 4);
        using var images = IdxFile.Read(_folder.Write("images", isCompressed ? Archives.Gzip(bytes) : bytes), dimensions: 3);

        Assert.Equal(ScalarType.Byte, images.dtype);
        Assert.Equal([2, 3, 4], images.shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(value => (byte)value), images.data<byte>().ToArray());
    }

    [Theory]
    [InlineData("plain", 30, "truncated: the header gives 2 × 3 × 4 = 24 bytes, found 14")]
    [InlineData("plain", 10, "truncated: the header has 10 of 16 bytes")]
    [InlineData("plain", 2, "it begins with 0000, expected 00000803")]
    [InlineData("plain", 0, "it begins with , expected 00000803")]
    [InlineData("compressed", 30, "")]
    [InlineData("compressed", 12, "")]
    public void A_truncated_file_says_what_is_missing(string kind, int length, string message)
    {
        var bytes = kind == "plain" ? Images(2, 3, 4) : Archives.Gzip(Images(2, 3, 4));
        var path = _folder.Write("images", bytes[..length]);

        var failed = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, dimensions: 3));

        Assert.StartsWith(path, failed.Message, StringComparison.Ordinal);
        Assert.Contains(message, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        Assert.Contains("it begins with 89504E47, expected 00000801",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(_folder.Write("png", [0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), dimensions: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("it begins with 00000803, expected 00000801",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(_folder.Write("images", Images(1, 1, 1)), dimensions: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("longer than its header says (1 × 1 × 1 = 1 bytes)",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(_folder.Write("long", [.. Images(1, 1, 1), 7]), dimensions: 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_promises_gigabytes_costs_no_memory()
    {
        byte[] header = [0, 0, 8, 3, 0, 0, 0xff, 0xff, 0, 0, 0x40, 0, 0, 0, 1, 0xff];
        var before = GC.GetTotalAllocatedBytes();
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(_folder.Write("promise", header), dimensions: 3));
        Assert.True(GC.GetTotalAllocatedBytes() - before < 100_000_000);

        byte[] beyond = [0, 0, 8, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        Assert.Contains("4,294,967,295 × 4,294,967,295 × 4,294,967,295",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(_folder.Write("beyond", beyond), dimensions: 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_and_labels_that_do_not_belong_together_are_refused()
    {
        var images = _folder.Write("images", Images(3, 2, 2));
        Assert.Contains("3 images", Assert.Throws<InvalidDataException>(
            () => FashionMnist.Read("x", images, _folder.Write("two", [0, 0, 8, 1, 0, 0, 0, 2, 1, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("the label 10 is not one of 0 to 9", Assert.Throws<InvalidDataException>(
            () => FashionMnist.Read("x", images, _folder.Write("ten", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 10]))).Message, StringComparison.Ordinal);

        using var set = FashionMnist.Read("x", images, _folder.Write("three", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 9]));
        Assert.Equal([3, 1, 2, 2], set.Images.shape);
        Assert.Equal([1, 2, 9], set.Labels.data<long>().ToArray());
    }

    /// <summary>An idx file whose bytes count up from 0.</summary>
    private static byte[] Images(byte count, byte height, byte width) =>
        [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, height, 0, 0, 0, width, .. Enumerable.Range(0, count * height * width).Select(value => (byte)value)];
}
