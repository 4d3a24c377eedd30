using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>The checks that every loss makes before any work.</summary>
internal static class Require
{
    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {name} is {value}; it must be a finite number above zero.");

    public static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {name} is {value}; it must be a finite number, zero or above.");

    public static double Fraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {name} is {value}; it must lie in [0, 1).");

    public static double FiniteNumber(double value, string name) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The {name} is {value}; it must be a finite number.");

    /// <summary>A finite float matrix <c>[N, D]</c> with at least <paramref name="atLeast"/> rows.</summary>
    public static void Embeddings(Tensor embeddings, string name, long atLeast = 2)
    {
        if (embeddings.dim() != 2)
            throw new ArgumentException($"{name} has shape {Shape(embeddings)}; expected a matrix [N, D], one embedding a row.", name);
        if (embeddings.size(0) < atLeast)
            throw new ArgumentException(
                $"{name} has {embeddings.size(0)} row(s); a contrastive loss needs at least {atLeast}: drop a last batch that is too small.", name);
        Finite(embeddings, name);
    }

    /// <summary>Two batches of embeddings <c>[N, D]</c>, row for row.</summary>
    public static void Pairs(Tensor first, string firstName, Tensor second, string secondName, long atLeast = 2)
    {
        Embeddings(first, firstName, atLeast);
        if (!first.shape.SequenceEqual(second.shape))
            throw new ArgumentException(
                $"{secondName} has shape {Shape(second)} but {firstName} has {Shape(first)}; row i of both belong together, so the shapes must be equal.", secondName);
        Embeddings(second, secondName, atLeast);
        Alike(first, firstName, second, secondName);
    }

    /// <summary>Same element type and device: no silent conversion or transfer.</summary>
    public static void Alike(Tensor first, string firstName, Tensor second, string secondName)
    {
        if (first.dtype != second.dtype || first.device_type != second.device_type)
            throw new ArgumentException(
                $"{secondName} is {second.dtype} on {second.device} but {firstName} is {first.dtype} on {first.device}; convert one of them.", secondName);
    }

    /// <summary>Embeddings of one length D.</summary>
    public static void SameWidth(Tensor first, string firstName, Tensor second, string secondName)
    {
        if (first.size(-1) != second.size(-1))
            throw new ArgumentException(
                $"{secondName} has shape {Shape(second)} but {firstName} has {Shape(first)}; the last dimension must be equal.", secondName);
    }

    /// <summary>Hard negatives <c>[N, D]</c> or <c>[N, H, D]</c> of N anchors.</summary>
    public static void HardNegatives(Tensor hardNegatives, Tensor anchors, string name)
    {
        if (hardNegatives.dim() is not (2 or 3) || hardNegatives.size(0) != anchors.size(0) || hardNegatives.numel() == 0)
            throw new ArgumentException(
                $"{name} has shape {Shape(hardNegatives)}; expected [{anchors.size(0)}, {anchors.size(1)}] or [{anchors.size(0)}, H, {anchors.size(1)}].", name);
        SameWidth(anchors, nameof(anchors), hardNegatives, name);
        Alike(anchors, nameof(anchors), hardNegatives, name);
        Finite(hardNegatives, name);
    }

    /// <summary>Float values, none of them NaN or infinite. The sum in float64 cannot overflow and keeps any NaN or infinity.</summary>
    public static void Finite(Tensor values, string name)
    {
        if (!values.is_floating_point())
            throw new ArgumentException($"{name} is of type {values.dtype}; expected float embeddings.", name);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (!double.IsFinite(values.sum(ScalarType.Float64).item<double>()))
            throw new ArgumentException(
                $"{name} contains NaN or infinite values; look at the encoder's output before the loss (learning rate, precision, empty batch).", name);
    }

    /// <summary>Integer labels <c>[N]</c> of which one at least occurs twice.</summary>
    public static void Labels(Tensor labels, Tensor embeddings, string name = "labels")
    {
        Ids(labels, embeddings, name);
        using var scope = NewDisposeScope();
        if (labels.unique().output.numel() == labels.numel())
            throw new ArgumentException(
                $"{name} gives no positive pair: all {labels.numel()} values differ. Draw batches with at least two members of a class.", name);
    }

    /// <summary>Integers <c>[N]</c>, one for each row of the embeddings.</summary>
    public static void Ids(Tensor ids, Tensor embeddings, string name)
    {
        if (ids.dim() != 1 || ids.size(0) != embeddings.size(0))
            throw new ArgumentException($"{name} has shape {Shape(ids)}; expected [{embeddings.size(0)}], one for each row.", name);
        if (!ids.is_integral())
            throw new ArgumentException($"{name} is of type {ids.dtype}; expected an integer type.", name);
        if (ids.device_type != embeddings.device_type)
            throw new ArgumentException($"{name} is on {ids.device} but the embeddings are on {embeddings.device}; move one of them.", name);
    }

    /// <summary>Ids of positives <c>[N]</c>, or of positives and hard negatives <c>[N, 1 + H]</c>; as a matrix.</summary>
    public static Tensor RankingIds(Tensor ids, Tensor anchors, long hardNegatives, string name)
    {
        if (ids.dim() == 2 && ids.size(1) != 1 + hardNegatives)
            throw new ArgumentException(
                $"{name} has shape {Shape(ids)}; expected [{anchors.size(0)}] or [{anchors.size(0)}, {1 + hardNegatives}], the positive first.", name);
        Ids(ids.dim() == 2 ? ids.select(1, 0) : ids, anchors, name);
        return ids.dim() == 2 ? ids : ids.unsqueeze(1);
    }

    public static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
