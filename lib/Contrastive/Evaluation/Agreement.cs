using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>How often predictions are right.</summary>
internal static class Agreement
{
    /// <summary>The share of equal entries of two int64 vectors <c>[N]</c>.</summary>
    public static double Share(Tensor predictions, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return (predictions == labels.to(predictions.device)).sum().item<long>() / (double)predictions.size(0);
    }
}
