using Contrastive.Losses;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// How evenly embeddings cover the sphere: the value of <see cref="UniformityLoss"/>, which has the equation and its source. Lower is
/// better; 0 when all embeddings fall on one point (collapse), near −2t when they are spread in many dimensions. Exact, and of many
/// embeddings in blocks: the N × N distances are never all in memory.
/// </summary>
public static class Uniformity
{
    /// <summary>The uniformity of a set of embeddings; −4t to 0.</summary>
    /// <param name="embeddings">Float <c>[N, D]</c>, N at least 2; normalized here.</param>
    /// <param name="t">Above zero. <value>The default is 2, the paper's.</value></param>
    /// <exception cref="ArgumentException">There are fewer than two rows, a value is not finite, or t is not above zero.</exception>
    public static double Of(Tensor embeddings, double t = 2)
    {
        var loss = new UniformityLoss(t);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Math.Min(loss.Compute(embeddings).to(float64).item<double>(), 0); // rounding could give a little more than 0
    }
}
