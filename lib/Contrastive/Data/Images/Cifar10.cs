using System.Globalization;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>CIFAR-10 in its official binary form (Krizhevsky 2009): records of one label byte and 3,072 planar bytes of a 32×32
/// image.</summary>
public static class Cifar10
{
    private const int Side = 32;
    private const int PixelBytes = 3 * Side * Side;
    private const int RecordBytes = 1 + PixelBytes;
    private const int TrainBatches = 5;

    /// <summary>The ten classes in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads the five training batches and the test batch.</summary>
    /// <param name="path"><c>cifar-10-binary.tar.gz</c>, or the folder it unpacks to, which holds <c>data_batch_1.bin</c> …
    /// <c>test_batch.bin</c>.</param>
    /// <returns>Images uint8 <c>[50000, 3, 32, 32]</c> and <c>[10000, 3, 32, 32]</c>.</returns>
    /// <exception cref="InvalidDataException">A batch is missing, truncated or damaged.</exception>
    public static (ImageSet Train, ImageSet Test) Read(string path)
    {
        var tree = FileTree.Open(path);
        byte[] Batch(string file) => tree.Paths.FirstOrDefault(candidate => Path.GetFileName(candidate) == file) is { } found
            ? tree.Read(found)
            : throw new InvalidDataException($"{path}: there is no '{file}' in it: not the official binary CIFAR-10.");

        var batches = Enumerable.Range(1, TrainBatches).Select(i => $"data_batch_{i}.bin").Select(file => (Name: $"{path}: {file}", Bytes: Batch(file)));
        var test = Parse("CIFAR-10 test", [($"{path}: test_batch.bin", Batch("test_batch.bin"))]);
        return (Parse("CIFAR-10 train", [.. batches]), test);
    }

    /// <summary>Reads one file of records.</summary>
    /// <param name="name">What the set is to be called.</param>
    /// <param name="path">A <c>.bin</c> file, or one compressed with gzip.</param>
    /// <returns>Images uint8 <c>[N, 3, 32, 32]</c>.</returns>
    /// <exception cref="InvalidDataException">The file is truncated, damaged or not the expected one.</exception>
    public static ImageSet ReadBatch(string name, string path)
    {
        using var content = new MemoryStream();
        using var stream = GZipFile.Open(path);
        GZipFile.Reading(path, () => stream.CopyTo(content));
        return Parse(name, [(path, content.ToArray())]);
    }

    private static ImageSet Parse(string name, IReadOnlyList<(string Name, byte[] Bytes)> batches)
    {
        foreach (var (file, bytes) in batches)
        {
            Check(file, bytes);
        }

        using var scope = NewDisposeScope();
        var records = cat([.. batches.Select(batch => tensor(batch.Bytes, ScalarType.Byte).reshape(-1, RecordBytes))]); // [N, 3073]
        var labels = records.select(1, 0).to(ScalarType.Int64); // [N]
        var images = records.narrow(1, 1, PixelBytes).reshape(-1, 3, Side, Side); // [N, 3, 32, 32]
        return new ImageSet(name, images, labels, ClassNames);
    }

    private static void Check(string file, byte[] bytes)
    {
        if (bytes.Length == 0 || bytes.Length % RecordBytes != 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{file}: {bytes.Length:N0} bytes are not a whole number of {RecordBytes:N0}-byte records: truncated, or not CIFAR-10's binary form."));
        }

        for (var record = 0; record < bytes.Length / RecordBytes; record++)
        {
            if (bytes[record * RecordBytes] >= ClassNames.Count)
            {
                throw new InvalidDataException($"{file}: record {record} has the label {bytes[record * RecordBytes]}, not 0 to 9: damaged, or not CIFAR-10's binary form.");
            }
        }
    }
}
