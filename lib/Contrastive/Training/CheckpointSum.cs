using System.Security.Cryptography;
using System.Text;
using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>SHA-256 over the step and each tensor's name, shape and data: a damaged byte anywhere is detected before training
/// resumes.</summary>
internal static class CheckpointSum
{
    public static string Of(string step, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(step));
        foreach (var (name, tensor) in SafeTensors.Ordered(tensors))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}\0{string.Join(',', tensor.shape)}\0"));
            TensorBytes.ForEachPiece(tensor, hash.AppendData);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
