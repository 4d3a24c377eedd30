using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>
/// An open safetensors file. The header is checked as a whole when it is opened (sizes, types, offsets, no overlap, no gap, no
/// duplicate name); the numbers are memory-mapped and copied tensor by tensor, straight into the tensor's own memory.
/// </summary>
internal sealed class SafeTensorsFile : IWeightSource
{
    private const long LongestHeader = 100_000_000;
    private readonly FileStream _file;
    private readonly long _length;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafeTensorsEntry> _entries;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;

    private SafeTensorsFile(FileStream file)
    {
        (_file, _length) = (file, file.Length);
        if (_length < sizeof(long))
            throw new InvalidDataException($"{_length} bytes are too few for a safetensors file.");
        Span<byte> length = stackalloc byte[sizeof(long)];
        file.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > LongestHeader || headerLength > _length - sizeof(long))
            throw new InvalidDataException($"Its header would have {headerLength} bytes of a file of {_length}: it is not safetensors, or truncated.");
        var header = new byte[headerLength];
        file.ReadExactly(header);
        _dataStart = sizeof(long) + headerLength;
        (var entries, Metadata) = SafeTensorsHeader.Parse(header, _length - _dataStart);
        Names = [.. entries.Select(entry => entry.Name)];
        _entries = entries.ToDictionary(entry => entry.Name);
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or is damaged.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new SafeTensorsFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Read(string name)
    {
        var entry = _entries[name];
        using var scope = NewDisposeScope();
        var tensor = empty(entry.Shape, dtype: entry.Type);
        TensorBytes.Fill(tensor, (place, piece) => Copy(_dataStart + entry.Begin + place, piece));
        return tensor.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view.Dispose();
        _map.Dispose();
        _file.Dispose();
    }

    // Touching mapped memory beyond the file's current end would crash the process.
    private void Copy(long place, Span<byte> piece)
    {
        var length = RandomAccess.GetLength(_file.SafeFileHandle);
        if (length < _length)
            throw new InvalidDataException($"'{_file.Name}' had {_length} bytes when it was opened and has {length} now: it was truncated while being read. Get a complete copy and open it again.");
        _view.SafeMemoryMappedViewHandle.ReadSpan((ulong)place, piece);
    }
}
