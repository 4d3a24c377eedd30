using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// How evenly embeddings cover the sphere (Wang and Isola 2020, section 4.1):
/// <code>uniformity = ln( mean over pairs i ≠ j of exp(−t ‖f(xᵢ) − f(xⱼ)‖²) )</code>
/// Lower is better; 0 when all embeddings fall on one point (collapse), near −2t when they are spread in many dimensions. Exact, and in
/// blocks: the N × N distances are never all in memory.
/// </summary>
public static class Uniformity
{
    /// <summary>Distances held at once: 4 million.</summary>
    private const long BlockElements = 1 << 22;

    /// <summary>The uniformity of a set of embeddings; −4t to 0.</summary>
    /// <param name="embeddings">Float <c>[N, D]</c>, N at least 2; normalized here.</param>
    /// <param name="t">Above zero. <value>The default is 2, the paper's.</value></param>
    /// <exception cref="ArgumentException">There are fewer than two rows, a value is not finite, or t is not above zero.</exception>
    public static double Of(Tensor embeddings, double t = 2) => Of(embeddings, t, BlockElements);

    internal static double Of(Tensor embeddings, double t, long blockElements)
    {
        Require.Matrix(embeddings, atLeast: 2);
        Require.Positive(t);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var z = Similarity.Normalize(embeddings);
        var count = z.size(0);
        var blockRows = Math.Clamp(blockElements / count, 1, count);
        var logSum = double.NegativeInfinity;
        for (var start = 0L; start < count; start += blockRows)
        {
            using var block = NewDisposeScope();
            var rows = Math.Min(blockRows, count - start);
            // −t ‖a − b‖² = 2t (a·b − 1) on the sphere
            var exponents = z.narrow(0, start, rows).mm(z.t()).sub_(1).mul_(2 * t).clamp_max_(0); // [rows, N]
            exponents.diagonal(start).fill_(double.NegativeInfinity);
            logSum = LogAdd(logSum, exponents.logsumexp(1).to(float64).logsumexp(0).item<double>());
        }

        return logSum - Math.Log((double)count * (count - 1));
    }

    private static double LogAdd(double first, double second)
    {
        var greater = Math.Max(first, second);
        return greater + Math.Log(Math.Exp(first - greater) + Math.Exp(second - greater));
    }
}
