using Contrastive.Losses;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// How close the two members of a positive pair lie on the sphere: the value of <see cref="AlignmentLoss"/>, which has the equation and its
/// source. Lower is better; 0 when each pair falls on one point, which a collapsed encoder reaches too: read it beside
/// <see cref="Uniformity"/>.
/// </summary>
public static class Alignment
{
    /// <summary>The alignment of a batch of pairs; 0 to 2^α.</summary>
    /// <param name="view1">Float <c>[N, D]</c>; normalized here.</param>
    /// <param name="view2">Float <c>[N, D]</c>: row i is the positive of row i.</param>
    /// <param name="alpha">α, above zero. <value>The default is 2, the paper's.</value></param>
    /// <exception cref="ArgumentException">The shapes differ, a value is not finite, or α is not above zero.</exception>
    public static double Of(Tensor view1, Tensor view2, double alpha = 2)
    {
        Require.Matrix(view1);
        Require.Matrix(view2);
        Require.SameShape(view1, view2);
        Require.Positive(alpha);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return AlignmentLoss.Of(view1, view2, alpha).to(float64).item<double>();
    }
}
