using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Keeps decoded, scaled pictures in a folder, so that a set is decoded once. A file there belongs to one source (its path, and size and time
/// of its files), one choice of pictures and one size, and carries a checksum; what is damaged or of another source is made anew.</summary>
/// <param name="folder">The folder; it is made when something is kept.</param>
internal sealed class PictureCache(string folder)
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "CONTRASTIVE_CACHE";

    /// <summary>Changes with the file's form, and with what decoding gives.</summary>
    private const string Version = "contrastive pictures 1";

    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>The folder of this process: <c>CONTRASTIVE_CACHE</c> where it is set, else <c>contrastive/pictures</c> in the user's cache folder.</summary>
    public static string DefaultFolder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : Path.Combine(DataFolder.UserCache(), "pictures");

    /// <summary>The pictures, cropped and scaled to squares: from the cache, or decoded and then kept.</summary>
    /// <returns>The pictures, and a sentence that says why they could not be kept, if so.</returns>
    public (DecodedPictures Decoded, IReadOnlyList<string> Notes) Decode(FileTree tree, IReadOnlyList<string> paths, int size)
    {
        var key = Key(tree, paths, size);
        var path = Path.Combine(folder, $"{Convert.ToHexStringLower(key)[..32]}.pictures");
        if (Read(path, key, paths.Count, size) is { } kept)
            return (kept, []);
        var decoded = DecodedPictures.Decode(tree, paths, size, size, resize: true);
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(path, file => Write(file, key, decoded));
            return (decoded, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (decoded, [$"Decoded pictures cannot be kept in '{folder}', so that they are decoded each time: set {Variable} to a folder that can be written."]);
        }
    }

    private static byte[] Key(FileTree tree, IReadOnlyList<string> paths, int size)
    {
        var text = new StringBuilder();
        text.AppendLine(Version).AppendLine(Path.GetFullPath(tree.Source)).AppendLine(size.ToString(CultureInfo.InvariantCulture));
        if (File.Exists(tree.Source))
            text.AppendLine(Stamp(tree.Source));
        foreach (var path in paths)
            text.Append(path).Append('\n').AppendLine(File.Exists(tree.Source) ? "" : Stamp(Path.Combine(tree.Source, path)));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));

        static string Stamp(string file)
        {
            var info = new FileInfo(file);
            return string.Create(CultureInfo.InvariantCulture, $"{info.Length} {info.LastWriteTimeUtc.Ticks}");
        }
    }

    /// <summary>The file: its key, the checksum of what follows, what is wrong with each picture, the pictures.</summary>
    private static void Write(Stream file, byte[] key, DecodedPictures decoded)
    {
        using var problems = new MemoryStream();
        using (var writer = new BinaryWriter(problems, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var problem in decoded.Problems)
                writer.Write(problem ?? "");
        }

        file.Write(key);
        file.Write(Checksum(problems.ToArray(), decoded.Images.bytes));
        file.Write(problems.ToArray());
        file.Write(decoded.Images.bytes);
    }

    /// <summary>What was kept; null if there is nothing, or not what was written.</summary>
    private static DecodedPictures? Read(string path, byte[] key, int count, int size)
    {
        var length = 3L * size * size * count;
        if (!File.Exists(path) || length > Array.MaxLength)
            return null;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length < 2 * HashLength + count + length || file.Length > 2 * HashLength + length + Array.MaxLength)
                return null;
            var head = new byte[2 * HashLength];
            file.ReadExactly(head);
            var problems = new byte[file.Length - head.Length - length];
            file.ReadExactly(problems);
            var images = empty([count, 3, size, size], ScalarType.Byte); // [N, 3, size, size]
            file.ReadExactly(images.bytes);
            if (!head.AsSpan(0, HashLength).SequenceEqual(key) || !head.AsSpan(HashLength).SequenceEqual(Checksum(problems, images.bytes)))
                return null;
            using var reader = new BinaryReader(new MemoryStream(problems));
            return new DecodedPictures(images, [.. Enumerable.Range(0, count).Select(_ => reader.ReadString() is { Length: > 0 } problem ? problem : null)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // It is decoded again; if the folder is at fault, writing says so.
        }
    }

    private static byte[] Checksum(ReadOnlySpan<byte> problems, ReadOnlySpan<byte> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(problems);
        hash.AppendData(images);
        return hash.GetHashAndReset();
    }
}
