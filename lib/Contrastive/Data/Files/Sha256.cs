using System.Security.Cryptography;

namespace Contrastive.Data;

internal static class Sha256
{
    /// <summary>The file's SHA-256 as 64 lowercase hexadecimal digits.</summary>
    public static string OfFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
