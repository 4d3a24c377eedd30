using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>
/// A file of named tensors: safetensors, a state dictionary of PyTorch's <c>torch.save</c> (<c>.bin</c>, <c>.pt</c>, <c>.pth</c>; both
/// of its formats), or a TorchScript archive of <c>torch.jit.save</c>, of whose modules the parameters, buffers and other tensors are read
/// and whose code is not. The content, not the name, decides which. Nothing in a file is ever executed: a pickle that requests more than
/// tensors, plain containers and TorchScript's modules is rejected.
/// </summary>
/// <remarks>
/// The numbers of safetensors are memory-mapped, and copied when they are read. Replacing the open file with another, as
/// <see cref="SafeTensors.Write"/> does, is safe: the open one is unchanged. Truncating a file while it is open causes an error at the
/// next tensor, but truncating it while a tensor is copied crashes the process, as with every mapped file.
/// </remarks>
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

    /// <summary>The tensors' names, in the file's order; those of a PyTorch file's nested dictionaries and modules are joined by dots.</summary>
    public IReadOnlyList<string> Names => _source.Names;

    /// <summary>The strings stored with the tensors; PyTorch files have none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _source.Metadata;

    /// <summary>Opens a file and checks everything but the numbers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, of an unknown format, or contains code.</exception>
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
        var start = new byte[9];
        int length;
        using (var file = File.OpenRead(path))
            length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        try
        {
            return start switch
            {
                [(byte)'P', (byte)'K', ..] => Torch(TorchArchive.Open(path)),
                // A pickle of protocol 2 or later. Safetensors may begin likewise, with its header's length, but then the header follows.
                [0x80, >= 2 and <= 5, .., not (byte)'{'] when length > 2 => Torch(LegacyTorchFile.Open(path)),
                [(byte)'v', (byte)'e', (byte)'r', (byte)'s', (byte)'i', (byte)'o', (byte)'n', (byte)' ', ..] =>
                    throw new InvalidDataException("It is a Git LFS pointer, not the weights. Run 'git lfs pull' in its repository."),
                _ => SafeTensorsFile.Open(path),
            };
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

/// <summary>A file of named tensors, whatever its format.</summary>
internal interface IWeightSource : IDisposable
{
    /// <summary>The tensors' names, in the file's order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The strings stored with the tensors.</summary>
    IReadOnlyDictionary<string, string> Metadata => new Dictionary<string, string>();

    /// <summary>A tensor, one of <see cref="Names"/>, in CPU memory of its own.</summary>
    Tensor Read(string name);
}
