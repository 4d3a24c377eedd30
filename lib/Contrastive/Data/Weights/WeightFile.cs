using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>
/// A file of named tensors: safetensors, or a state dictionary of PyTorch's <c>torch.save</c> (<c>.bin</c>, <c>.pt</c>, <c>.pth</c>; both of
/// its formats). The content decides which, not the name. Nothing in a file is ever run: a pickle that asks for more than tensors and
/// plain containers is refused.
/// </summary>
public sealed class WeightFile : IDisposable
{
    private readonly IWeightSource _source;
    private readonly HashSet<string> _names;

    private WeightFile(string path, IWeightSource source)
    {
        Path = path;
        _source = source;
        _names = [.. source.Names];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors' names, in the file's order; where a PyTorch file has dictionaries within dictionaries, joined by dots.</summary>
    public IReadOnlyList<string> Names => _source.Names;

    /// <summary>Opens a file and checks all of it but the numbers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, of an unknown format, or holds code.</exception>
    public static WeightFile Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no weight file '{path}'.", path);
        return new WeightFile(path, OpenSource(path));
    }

    /// <summary>A tensor, copied into memory of its own.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public Tensor Read(string name) => _names.Contains(name)
        ? _source.Read(name)
        : throw new KeyNotFoundException($"'{Path}' has no tensor '{name}'; it has {string.Join(", ", Names.Take(5))}{(Names.Count > 5 ? ", …" : "")}.");

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> ReadAll() => Names.ToDictionary(name => name, Read);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static IWeightSource OpenSource(string path)
    {
        var start = new byte[4];
        using (var file = File.OpenRead(path))
            file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start switch
        {
            [(byte)'P', (byte)'K', ..] => OpenPyTorch(path, TorchArchive.Open),
            // A pickle of a number of ten bytes. Safetensors begins with the length of its header.
            [0x80, >= 2 and <= 5, 0x8a, 0x0a] => OpenPyTorch(path, LegacyTorchFile.Open),
            _ => SafeTensorsFile.Open(path),
        };
    }

    private static TorchWeights OpenPyTorch(string path, Func<string, (object? Content, ITorchStorages Storages)> open)
    {
        try
        {
            return Torch(open(path));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    private static TorchWeights Torch((object? Content, ITorchStorages Storages) file)
    {
        try
        {
            return new TorchWeights(file.Content, file.Storages);
        }
        catch
        {
            file.Storages.Dispose();
            throw;
        }
    }
}
