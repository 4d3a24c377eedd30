using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>What every measure asks of its tensors before any work.</summary>
internal static class FeatureChecks
{
    /// <summary>A finite float matrix <c>[N, D]</c> with at least <paramref name="atLeast"/> rows.</summary>
    public static void Matrix(Tensor features, string name, long atLeast = 1)
    {
        ArgumentNullException.ThrowIfNull(features, name);
        if (features.dim() != 2 || !features.is_floating_point())
            throw new ArgumentException($"{name} is {Describe(features)}; expected a float matrix [N, D], one row for each example.", name);
        if (features.size(0) < atLeast || features.size(1) < 1)
            throw new ArgumentException($"{name} is {Describe(features)}; expected at least {atLeast} row(s) and one column.", name);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (!double.IsFinite(features.sum(ScalarType.Float64).item<double>()))
            throw new ArgumentException($"{name} holds NaN or infinite values; look at the encoder's output (learning rate, precision, missing normalization).", name);
    }

    /// <summary>One class for each row, int64 <c>[N]</c>, none negative.</summary>
    public static void Labels(Tensor labels, Tensor features, string name)
    {
        ArgumentNullException.ThrowIfNull(labels, name);
        if (labels.dim() != 1 || labels.dtype != ScalarType.Int64 || labels.size(0) != features.size(0))
            throw new ArgumentException($"{name} is {Describe(labels)}; expected Int64 [{features.size(0)}], one class for each row.", name);
        using var scope = NewDisposeScope();
        if (labels.numel() > 0 && labels.min().item<long>() is var least and < 0)
            throw new ArgumentException($"{name} holds {least}; classes are numbered from 0.", name);
    }

    public static void SameWidth(Tensor first, string firstName, Tensor second, string secondName)
    {
        if (first.size(1) != second.size(1))
            throw new ArgumentException($"{secondName} is {Describe(second)}, {firstName} {Describe(first)}; both must have the same number of columns (the same encoder).", secondName);
    }

    public static void SameShape(Tensor first, string firstName, Tensor second, string secondName)
    {
        if (!first.shape.SequenceEqual(second.shape))
            throw new ArgumentException($"{secondName} is {Describe(second)}, {firstName} {Describe(first)}; row i of both belong together, so the shapes must be equal.", secondName);
    }

    public static string Describe(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
