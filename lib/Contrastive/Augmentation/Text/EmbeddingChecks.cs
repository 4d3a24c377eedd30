using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>What augmentations of embedded tokens ask of their input.</summary>
internal static class EmbeddingChecks
{
    public static void Sequences(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.dim() != 3 || !embeddings.is_floating_point())
            throw new ArgumentException(
                $"Embeddings are {embeddings.dtype} [{string.Join(", ", embeddings.shape)}]; expected float [B, L, D], texts by tokens by features.", nameof(embeddings));
    }

    public static void Mask(Tensor mask, Tensor embeddings)
    {
        if (mask.dim() != 2 || mask.size(0) != embeddings.size(0) || mask.size(1) != embeddings.size(1))
            throw new ArgumentException(
                $"The mask is [{string.Join(", ", mask.shape)}]; expected [{embeddings.size(0)}, {embeddings.size(1)}], one entry for each token.", nameof(mask));
    }
}
