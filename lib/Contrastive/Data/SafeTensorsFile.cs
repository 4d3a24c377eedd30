using System.Buffers.Binary;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>
/// An open safetensors file. The header is checked as a whole when it is opened (sizes, types, places, no overlap, no gap, no name
/// twice); the numbers are read tensor by tensor, straight into the tensor's memory.
/// </summary>
public sealed class SafeTensorsFile : IWeightSource
{
    private const long LongestHeader = 100_000_000;
    private readonly FileStream _file;
    private readonly long _dataStart;
    private readonly Dictionary<string, SafeTensorsEntry> _entries;

    private SafeTensorsFile(FileStream file)
    {
        _file = file;
        if (file.Length < sizeof(long))
            throw new InvalidDataException($"{file.Length} bytes are too few for a safetensors file.");
        Span<byte> length = stackalloc byte[sizeof(long)];
        file.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > LongestHeader || headerLength > file.Length - sizeof(long))
            throw new InvalidDataException($"Its header would have {headerLength} bytes of a file of {file.Length}: it is not safetensors, or truncated.");
        var header = new byte[headerLength];
        file.ReadExactly(header);
        _dataStart = sizeof(long) + headerLength;
        (var entries, Metadata) = SafeTensorsHeader.Parse(header, file.Length - _dataStart);
        Names = [.. entries.Select(entry => entry.Name)];
        _entries = entries.ToDictionary(entry => entry.Name);
    }

    /// <summary>The tensors' names, in the order of their places in the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The texts that were kept with the tensors.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a safetensors file, or damaged.</exception>
    public static SafeTensorsFile Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new SafeTensorsFile(file);
        }
        catch (InvalidDataException error)
        {
            file.Dispose();
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>A tensor, in CPU memory of its own.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public Tensor Read(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new KeyNotFoundException($"'{_file.Name}' has no tensor '{name}'; it has {string.Join(", ", Names.Take(5))}{(Names.Count > 5 ? ", …" : "")}.");
        using var scope = NewDisposeScope();
        var tensor = empty(entry.Shape, dtype: entry.Type);
        _file.Position = _dataStart + entry.Begin;
        TensorBytes.Fill(tensor, _file);
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> ReadAll() => Names.ToDictionary(name => name, Read);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
