using System.IO.Compression;
using System.Text;

namespace Contrastive.Tests.Weights;

/// <summary>Writes pickles operation by operation, for files that PyTorch would not write.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [];

    public PickleBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public PickleBuilder Op(char code) => Raw((byte)code);

    public PickleBuilder Text(string text) => Raw([(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)]);

    public PickleBuilder Number(long value) => Raw([0x8a, 8, .. BitConverter.GetBytes(value)]);

    public PickleBuilder Global(string module, string name) => Raw([(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")]);

    public PickleBuilder Tuple(params long[] values)
    {
        Op('(');
        foreach (var value in values)
            Number(value);
        return Op('t');
    }

    /// <summary>A dictionary of one tensor "w" that views a float32 storage "0".</summary>
    public static byte[] OneTensor(long count, long offset, long[] shape, long[] strides) => new PickleBuilder()
        .Raw(0x80, 2).Op('}').Text("w").Global("torch._utils", "_rebuild_tensor_v2")
        .Op('(').Op('(').Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(count).Op('t').Op('Q')
        .Number(offset).Tuple(shape).Tuple(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R')
        .Op('s').End();

    public byte[] End() => [.. Op('.')._bytes];

    /// <summary>An archive of a pickle and one storage "0".</summary>
    public static string Archive(string folder, byte[] pickle, byte[]? storage = null, string? byteOrder = null, bool compressed = false)
    {
        var path = Path.Combine(folder, "archive.pt");
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        var level = compressed ? CompressionLevel.SmallestSize : CompressionLevel.NoCompression;
        Add("archive/data.pkl", pickle, CompressionLevel.NoCompression);
        if (storage is not null)
            Add("archive/data/0", storage, level);
        if (byteOrder is not null)
            Add("archive/byteorder", Encoding.ASCII.GetBytes(byteOrder), CompressionLevel.NoCompression);
        return path;

        void Add(string name, byte[] bytes, CompressionLevel level)
        {
            using var stream = zip.CreateEntry(name, level).Open();
            stream.Write(bytes);
        }
    }
}
