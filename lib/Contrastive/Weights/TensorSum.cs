using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Contrastive.Weights;

/// <summary>SHA-256 over a text and each tensor's name, shape and data: a changed byte anywhere is detected.</summary>
internal static class TensorSum
{
    public static string Of(string text, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var (name, tensor) in SafeTensors.Ordered(tensors))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}\0{string.Join(',', tensor.shape)}\0"));
            TensorBytes.ForEachPiece(tensor, hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
