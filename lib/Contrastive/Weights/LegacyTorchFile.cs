using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Contrastive.Weights;

/// <summary>
/// The file format of <c>torch.save</c> before PyTorch 1.6, in which many released models still come: pickles of a magic number, a version,
/// the machine, the content and the storages' keys, then each storage after its length.
/// </summary>
internal sealed class LegacyTorchFile : ITorchStorages
{
    private const int Version = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("01950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly FileStream _file;
    private readonly Dictionary<string, long> _places;

    private LegacyTorchFile(FileStream file, Dictionary<string, long> places)
    {
        _file = file;
        _places = places;
    }

    public static (object? Content, ITorchStorages Storages) Open(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            if (TensorPickle.Read(file) is not BigInteger magic || magic != Magic)
                throw new InvalidDataException("The file does not begin with PyTorch's magic number; it was not written by torch.save.");
            if (TensorPickle.Read(file) is not (long)Version)
                throw new InvalidDataException($"The file's protocol is not {Version}; it was not written by torch.save.");
            if (TensorPickle.Read(file) is PickleDictionary machine && machine.Entries.Contains(("little_endian", false)))
                throw new InvalidDataException("The file's byte order is big-endian; only little-endian files are read.");
            var content = TensorPickle.Read(file);
            if (TensorPickle.Read(file) is not PickleList keys)
                throw new InvalidDataException("The file has no list of storages; it is damaged.");
            var types = StateDictionary.Tensors(content).Select(entry => entry.Tensor.Storage).DistinctBy(storage => storage.Key)
                .ToDictionary(storage => storage.Key);
            return (content, new LegacyTorchFile(file, Places(file, keys.Items, types)));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long Length(TorchStorage storage) => _places.ContainsKey(storage.Key)
        ? storage.Count * ScalarTypes.Size(storage.Type)
        : throw new InvalidDataException($"The file lacks the storage '{storage.Key}' that its tensors view; it is damaged.");

    public Stream Open(TorchStorage storage)
    {
        _file.Position = _places[storage.Key];
        return _file;
    }

    public void Dispose() => _file.Dispose();

    private static Dictionary<string, long> Places(FileStream file, List<object?> keys, Dictionary<string, TorchStorage> types)
    {
        var places = new Dictionary<string, long>();
        var header = new byte[8];
        foreach (var key in keys)
        {
            // The file gives only a storage's element count; the element size is known only from a tensor that views it.
            if (key is not string name || !types.TryGetValue(name, out var storage))
                throw new InvalidDataException($"No tensor of the state dictionary views the file's storage '{key}'; what follows it cannot be found.");
            if (file.Length - file.Position < header.Length)
                throw new InvalidDataException($"The file ends before its storage '{name}'; it is damaged.");
            file.ReadExactly(header);
            var count = BinaryPrimitives.ReadInt64LittleEndian(header);
            if (count != storage.Count || count > (file.Length - file.Position) / ScalarTypes.Size(storage.Type))
                throw new InvalidDataException($"The file's storage '{name}' has {count} numbers where {storage.Count} are expected; it is damaged.");
            places[name] = file.Position;
            file.Position += count * ScalarTypes.Size(storage.Type);
        }
        return places;
    }
}
