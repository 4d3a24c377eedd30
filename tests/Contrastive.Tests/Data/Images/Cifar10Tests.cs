using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private const int RecordBytes = 3073;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_official_archive_gives_its_batches_in_order()
    {
        var archive = _folder.Write("cifar-10-binary.tar.gz", Archives.Gzip(Archives.Tar(Batches())));
        var (train, test) = Cifar10.Read(archive);
        using (train)
        using (test)
        {
            Assert.Equal("CIFAR-10 train: 10 images 3×32×32, 10 classes", train.ToString());
            Assert.Equal([1, 2, 2, 3, 3, 4, 4, 5, 5, 6], train.Labels.data<long>().ToArray());
            Assert.Equal([0, 1], test.Labels.data<long>().ToArray());
            Assert.Equal(["airplane", "automobile"], test.ClassNames.Take(2));

            // Record: label, then 1,024 red, green and blue bytes, rows first.
            var record = Batch(first: 5);
            Assert.Equal(record[RecordBytes + 1 + 2 * 1024 + 3 * 32 + 7], train.Images[9, 2, 3, 7].item<byte>());
        }
    }

    [Fact]
    public void The_unpacked_folder_reads_the_same()
    {
        foreach (var (name, bytes) in Batches())
        {
            _folder.Write(name, bytes);
        }

        var (train, test) = Cifar10.Read(_folder.Path);
        using (train)
        using (test)
        {
            Assert.Equal((10, 2), (train.Count, test.Count));
        }
    }

    [Fact]
    public void One_file_of_records_may_be_compressed()
    {
        using var plain = Cifar10.ReadBatch("x", _folder.Write("a.bin", Batch(3)));
        using var compressed = Cifar10.ReadBatch("x", _folder.Write("a.bin.gz", Archives.Gzip(Batch(3))));
        Assert.True(plain.Images.equal(compressed.Images).all().item<bool>());
        Assert.Equal([3, 4], plain.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Truncated_damaged_and_foreign_files_are_refused_by_name()
    {
        var cut = _folder.Write("cut.bin", Batch(1)[..^1]);
        Assert.Equal($"{cut}: 6,145 bytes are not a whole number of 3,073-byte records: truncated, or not CIFAR-10's binary form.",
            Assert.Throws<InvalidDataException>(() => Cifar10.ReadBatch("x", cut)).Message);

        var damaged = Batch(1);
        damaged[RecordBytes] = 77;
        Assert.Contains("record 1 has the label 77, not 0 to 9",
            Assert.Throws<InvalidDataException>(() => Cifar10.ReadBatch("x", _folder.Write("bad.bin", damaged))).Message, StringComparison.Ordinal);

        var missing = _folder.Write("missing.tar", Archives.Tar([.. Batches().Where(batch => !batch.Name.EndsWith("3.bin", StringComparison.Ordinal))]));
        Assert.Contains("there is no 'data_batch_3.bin' in it",
            Assert.Throws<InvalidDataException>(() => Cifar10.Read(missing)).Message, StringComparison.Ordinal);

        var gzip = _folder.Write("cut.bin.gz", Archives.Gzip(Batch(1))[..100]);
        Assert.StartsWith(gzip, Assert.Throws<InvalidDataException>(() => Cifar10.ReadBatch("x", gzip)).Message, StringComparison.Ordinal);
    }

    private static (string Name, byte[] Bytes)[] Batches() =>
    [
        .. Enumerable.Range(1, 5).Select(i => ($"cifar-10-batches-bin/data_batch_{i}.bin", Batch(i))),
        ("cifar-10-batches-bin/test_batch.bin", Batch(0)),
    ];

    /// <summary>Two records with the labels <paramref name="first"/> and the next one.</summary>
    private static byte[] Batch(int first)
    {
        var bytes = new byte[2 * RecordBytes];
        new Random(first).NextBytes(bytes);
        bytes[0] = (byte)first;
        bytes[RecordBytes] = (byte)(first + 1);
        return bytes;
    }
}
