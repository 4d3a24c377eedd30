using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Text;
using System.Text.RegularExpressions;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Retrieval;

/// <summary>
/// Vectors in a file of NumPy's format (<c>.npy</c>, version 1.0): float32 <c>[N, D]</c>, row after row, which
/// <see cref="ExactIndex.Open"/> searches where it lies and <c>numpy.load</c> reads.
/// </summary>
public static partial class VectorFile
{
    private const int HeaderBytes = 128;

    /// <summary>Writes vectors as they come, so that more can be written than fits in memory. The file is there when all of them are.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="batches">Float <c>[n, D]</c>, with the same D; each is disposed once it is written.</param>
    /// <returns>N, how many vectors were written.</returns>
    /// <exception cref="ArgumentException">A batch is of another shape, a value is not finite, or there is no vector at all.</exception>
    public static unsafe long Write(string path, IEnumerable<Tensor> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        long count = 0, dimension = 0;
        WholeFile.Write(path, file =>
        {
            file.Write(new byte[HeaderBytes]);
            foreach (var batch in batches)
            {
                using var scope = NewDisposeScope();
                using (batch)
                {
                    Require.Shape(batch, dimension == 0 ? "float [n, D]" : $"float [n, {dimension}]", "vectors of one encoder", name: nameof(batches));
                    var rows = batch.to(float32).cpu().contiguous();
                    RowCheck.Run(TensorVectors.First<float>(rows), (int)rows.size(0), (int)rows.size(1), inverses: null, (int)count, nameof(batches));
                    for (var start = 0L; start < rows.size(0); start += ExactEngine.Part)
                        file.Write(rows.narrow(0, start, Math.Min(ExactEngine.Part, rows.size(0) - start)).bytes); // a span holds at most 2 GB
                    (dimension, count) = (rows.size(1), count + rows.size(0));
                }
            }

            if (count == 0)
                throw new ArgumentException("There is no vector to write.", nameof(batches));
            file.Position = 0;
            file.Write(Header(count, dimension));
        });
        return count;
    }

    internal static MappedVectors Map(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[10];
        if (file.ReadAtLeast(start, 10, throwOnEndOfStream: false) < 10 || start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8) || start[6] != 1)
            throw new InvalidDataException($"{path} is not a .npy file (version 1.0).");
        var header = new byte[start[8] | start[9] << 8];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new InvalidDataException($"{path} ends in its header: it is damaged or was cut off.");
        var match = Described().Match(Encoding.ASCII.GetString(header));
        if (!match.Success)
            throw new InvalidDataException($"{path} holds '{Encoding.ASCII.GetString(header).Trim()}'; expected little-endian float32 of two dimensions in C order: save vectors.astype('float32').");
        if (!int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture, out var dimension) || count == 0 || dimension == 0)
            throw new InvalidDataException($"{path} holds {match.Groups[1].Value} vectors of {match.Groups[2].Value}; expected 1 to {int.MaxValue} of each.");
        ExactEngine.Check(count);
        var offset = start.Length + header.Length;
        if (file.Length != offset + (long)count * dimension * sizeof(float))
            throw new InvalidDataException($"{path} has {file.Length} bytes; {count} vectors of {dimension} need {offset + (long)count * dimension * sizeof(float)}: it is damaged or was cut off.");
        return new MappedVectors(path, offset, count, dimension);
    }

    private static byte[] Header(long count, long dimension)
    {
        var description = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {dimension}), }}");
        return [0x93, .. "NUMPY"u8, 1, 0, HeaderBytes - 10, 0, .. Encoding.ASCII.GetBytes(description.PadRight(HeaderBytes - 11)), (byte)'\n'];
    }

    [GeneratedRegex(@"^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\), ?\}\s*$")]
    private static partial Regex Described();
}

/// <summary>The vectors of a file in this process's address space: the system reads what is used, and drops it when it needs the memory.</summary>
internal sealed unsafe class MappedVectors : VectorSource
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public MappedVectors(string path, int offset, int count, int dimension)
    {
        (Count, Dimension) = (count, dimension);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Values = (float*)(start + _view.PointerOffset + offset);
    }

    public override int Count { get; }

    public override int Dimension { get; }

    public override bool IsFloat32 => true;

    public override float* Values { get; }

    public override void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
