using System.Buffers.Binary;
using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>The idx format of MNIST and Fashion-MNIST: a header with big-endian sizes, then unsigned bytes; plain or gzipped.</summary>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;
    private const int MostDimensions = 4;

    /// <summary>Reads a file of unsigned bytes.</summary>
    /// <param name="path">The file, such as <c>train-images-idx3-ubyte.gz</c>.</param>
    /// <param name="dimensions">The number of dimensions it must have: 3 for images, 1 for labels.</param>
    /// <returns>uint8 of the file's shape: <c>[N, H, W]</c> for images, <c>[N]</c> for labels.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not idx, has another type or shape, or is truncated, damaged or too
    /// long.</exception>
    public static Tensor Read(string path, int dimensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Require.Between(dimensions, 1, MostDimensions);
        Tensor? result = null;
        using var stream = GZipFile.Open(path);
        GZipFile.Reading(path, () => result = Read(stream, path, dimensions));
        return result!;
    }

    private static Tensor Read(Stream stream, string path, int dimensions)
    {
        var header = new byte[4 + 4 * dimensions];
        var found = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (found < 4 || header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte || header[3] != dimensions)
        {
            throw new InvalidDataException(
                $"{path}: not an idx file of unsigned bytes with {dimensions} dimensions: it begins with {Convert.ToHexString(header, 0, Math.Min(found, 4))}, expected 000008{dimensions:X2}.");
        }

        if (found < header.Length)
        {
            throw new InvalidDataException($"{path}: truncated: the header has {found} of {header.Length} bytes.");
        }

        var shape = Enumerable.Range(0, dimensions).Select(i => (long)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + 4 * i))).ToArray();
        var sizes = string.Join(" × ", shape.Select(size => size.ToString("N0", CultureInfo.InvariantCulture)));
        if (shape.Aggregate(1m, (product, size) => product * size) is var count && (count > int.MaxValue || count == 0))
        {
            throw new InvalidDataException($"{path}: the header gives {sizes} values: not the expected file.");
        }

        var bytes = ReadAll(stream, (int)count);
        if (bytes.Length < count)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: truncated: the header gives {sizes} = {count:N0} bytes, found {bytes.Length:N0}."));
        }

        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{path}: longer than its header says ({sizes} = {count:N0} bytes): not the file that was meant."));
        }

        return tensor(bytes, ScalarType.Byte).reshape(shape);
    }

    /// <summary>Up to <paramref name="count"/> bytes; a header that promises too much costs no more memory than the file.</summary>
    private static byte[] ReadAll(Stream stream, int count)
    {
        using var read = new MemoryStream(Math.Min(count, 1 << 26));
        var buffer = new byte[1 << 16];
        while (read.Length < count && stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count - read.Length)) is var got and > 0)
        {
            read.Write(buffer, 0, got);
        }

        return read.Length == read.Capacity ? read.GetBuffer() : read.ToArray();
    }
}
