using System.IO.Compression;
using System.Text;

namespace Contrastive.Weights;

/// <summary>The file format of <c>torch.save</c> since PyTorch 1.6: a zip archive with one pickle and a member for each storage. A
/// TorchScript archive, of <c>torch.jit.save</c>, is one too; its <c>code</c> and <c>constants.pkl</c> are not opened.</summary>
internal sealed class TorchArchive : ITorchStorages
{
    private const long LargestPickle = 1L << 28;

    private readonly ZipArchive _zip;
    private readonly string _root;

    private TorchArchive(ZipArchive zip, string root)
    {
        _zip = zip;
        _root = root;
    }

    public static (object? Content, ITorchStorages Storages) Open(string path)
    {
        var zip = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read);
        try
        {
            var pickle = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
                ?? throw new InvalidDataException("The archive has no data.pkl; it was not written by torch.save.");
            var archive = new TorchArchive(zip, pickle.FullName[..^"data.pkl".Length]);
            if (archive.Text("byteorder") is { } order && order != "little")
                throw new InvalidDataException($"The archive's byte order is '{order}'; only little-endian files are read.");
            if (pickle.Length > LargestPickle)
                throw new InvalidDataException($"The archive's pickle has {pickle.Length} bytes; a state dictionary's has far fewer.");
            using var stream = new BufferedStream(pickle.Open());
            return (TensorPickle.Read(stream), archive);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    public long Length(TorchStorage storage) => Entry(storage).Length;

    public Stream Open(TorchStorage storage) => Entry(storage).Open();

    public void Dispose() => _zip.Dispose();

    private ZipArchiveEntry Entry(TorchStorage storage)
    {
        var entry = _zip.GetEntry($"{_root}data/{storage.Key}")
            ?? throw new InvalidDataException($"The archive lacks the storage '{storage.Key}' that its tensors view; the file is damaged.");
        // An uncompressed member is no longer than the file, so a small file cannot cause a large allocation.
        return entry.CompressedLength == entry.Length
            ? entry
            : throw new InvalidDataException($"The storage '{storage.Key}' is compressed, which torch.save never does.");
    }

    private string? Text(string name)
    {
        if (_zip.GetEntry(_root + name) is not { Length: < 100 } entry)
            return null;
        using var reader = new StreamReader(entry.Open(), Encoding.ASCII);
        return reader.ReadToEnd().Trim();
    }
}

/// <summary>Where the numbers of a PyTorch file are.</summary>
internal interface ITorchStorages : IDisposable
{
    /// <summary>The number of bytes of a storage in the file.</summary>
    long Length(TorchStorage storage);

    /// <summary>The bytes of a storage, from the first.</summary>
    Stream Open(TorchStorage storage);
}
