using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Principal component analysis: the directions along which features vary most. Two of them give the simplest picture of an embedding;
/// how fast the explained variance falls tells how many dimensions an encoder uses (few: dimensional collapse).
/// </summary>
public sealed class PrincipalComponents : IDisposable
{
    private PrincipalComponents(Tensor mean, Tensor directions, double[] variance, double totalVariance)
    {
        Mean = mean.DetachFromDisposeScope();
        Directions = directions.DetachFromDisposeScope();
        Variance = variance;
        TotalVariance = totalVariance;
    }

    /// <summary>The mean of each feature, float64 <c>[D]</c>.</summary>
    public Tensor Mean { get; }

    /// <summary>The components as orthonormal columns, float64 <c>[D, K]</c>; in each, the entry of largest
    /// magnitude is positive.</summary>
    public Tensor Directions { get; }

    /// <summary>The variance along each component (divided by N − 1), descending.</summary>
    public IReadOnlyList<double> Variance { get; }

    /// <summary>The variance of all features together.</summary>
    public double TotalVariance { get; }

    /// <summary>The share of the total variance that each component explains; 0 where nothing varies.</summary>
    public IReadOnlyList<double> ExplainedVariance => [.. Variance.Select(variance => TotalVariance > 0 ? variance / TotalVariance : 0)];

    /// <summary>Finds the components exactly, in float64.</summary>
    /// <param name="features">Float <c>[N, D]</c>, N at least 2.</param>
    /// <param name="count">K, from 1 to min(N − 1, D). <value>The default is 2.</value></param>
    /// <returns>The components; dispose them when done.</returns>
    /// <exception cref="ArgumentException">There are fewer than two rows, a value is not finite, or K is out of range.</exception>
    public static PrincipalComponents Fit(Tensor features, int count = 2)
    {
        Require.Matrix(features, atLeast: 2);
        var (rows, width) = (features.size(0), features.size(1));
        var most = Math.Min(rows - 1, width);
        Require.Between(count, 1, most, $"features {TensorText.Shape(features)} have {most} components");

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var wide = features.to(float64); // [N, D]
        var mean = wide.mean([0]); // [D]
        var centered = wide - mean;
        // The smaller of the covariance [D, D] and the Gram matrix [N, N]: both have the same non-zero eigenvalues.
        var byFeature = width <= rows;
        var (values, vectors) = linalg.eigh(byFeature ? centered.t().mm(centered) : centered.mm(centered.t())); // ascending
        var top = vectors.flip(1).narrow(1, 0, count);
        var directions = byFeature ? top : linalg.qr(centered.t().mm(top)).Q; // [D, K]
        var largest = directions.gather(0, directions.abs().argmax(0, keepdim: true)); // [1, K]
        var signs = (largest >= 0).to(float64) * 2 - 1;
        var variance = (values.flip(0).narrow(0, 0, count) / (rows - 1)).clamp_min_(0).cpu().data<double>().ToArray();
        return new PrincipalComponents(mean, directions * signs, variance, centered.square().sum().item<double>() / (rows - 1));
    }

    /// <summary>The coordinates of features along the components.</summary>
    /// <param name="features">Float <c>[M, D]</c>.</param>
    /// <returns><c>[M, K]</c> in the features' type.</returns>
    /// <exception cref="ArgumentException">The features do not have the width of those it was fitted on.</exception>
    public Tensor Project(Tensor features)
    {
        Require.Matrix(features);
        Require.Shape(features, Require.Sized("float", features.size(0), Mean.size(0)), "the columns that the components were fitted on");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return (features.to(float64) - Mean).mm(Directions).to(features.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Directions.Dispose();
    }
}
