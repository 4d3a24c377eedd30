using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Exact t-distributed stochastic neighbor embedding (van der Maaten and Hinton 2008): a picture in two dimensions that keeps neighbors
/// together. Read neighborhoods, not distances between clusters nor their sizes. Costs N² in time and memory: a few seconds for 1,000
/// points on two cores; for more points, embed a sample.
/// </summary>
public static class TSne
{
    private const int MostPoints = 5000;
    private const double Exaggeration = 12;

    /// <summary>Places each row in the plane. The same seed gives the same picture on the same machine.</summary>
    /// <param name="features">Float <c>[N, D]</c>, at most 5,000 rows.</param>
    /// <param name="perplexity">The effective number of neighbors of each point, above 1; 3 · perplexity must be below N.
    /// <value>The default is 30.</value></param>
    /// <param name="iterations">Steps of gradient descent, at least 1. <value>The default is 500.</value></param>
    /// <param name="seed">Of the small noise added to the start, which is the first two principal components.</param>
    /// <returns>float32 <c>[N, 2]</c> on the features' device, centered.</returns>
    /// <exception cref="ArgumentException">There are too few or too many rows, a value is not finite, or an option is out of
    /// range.</exception>
    public static Tensor Embed(Tensor features, double perplexity = 30, int iterations = 500, long seed = 0)
    {
        Require.Matrix(features, atLeast: 4);
        var count = features.size(0);
        if (count > MostPoints)
            throw new ArgumentException($"features has {count} rows; exact t-SNE takes at most {MostPoints}: embed a sample.", nameof(features));
        if (!(perplexity > 1) || 3 * perplexity >= count)
            throw Require.OutOfRange(nameof(perplexity), perplexity, FormattableString.Invariant($"a number above 1 and below {count / 3.0:0.#}, a third of the points"));
        Require.AtLeast(iterations, 1);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var affinities = TSneAffinities.Joint(features, perplexity).to(float32); // [N, N]
        return Descend(affinities, Start(features, seed), iterations).MoveToOuterDisposeScope();
    }

    /// <summary>Principal components scaled to a spread of 1e-4 (Kobak and Berens 2019), and noise that separates equal points.</summary>
    private static Tensor Start(Tensor features, long seed)
    {
        using var generator = new Generator((ulong)seed, CPU);
        var noise = randn([features.size(0), 2], generator: generator).to(features.device) * 1e-6f;
        if (features.size(1) < 2)
            return (features - features.mean([0])).to(float32) * 1e-4f + noise; // [N, 1] spreads over [N, 2]
        using var components = PrincipalComponents.Fit(features);
        var projected = components.Project(features).to(float32); // [N, 2]
        return projected * (1e-4 / Math.Max(Math.Sqrt(components.Variance[0]), 1e-12)) + noise;
    }

    internal static Tensor Descend(Tensor affinities, Tensor start, int iterations)
    {
        var count = start.size(0);
        var device = start.device;
        var rate = Math.Max(count / Exaggeration / 4, 50);
        var early = Math.Min(250, iterations / 4);
        var (position, velocity, gains) = (start, zeros_like(start), ones_like(start)); // [N, 2]
        var one = ones([count, 1], float32, device);
        var (kernel, product) = (empty([count, count], float32, device), empty([count, count], float32, device));
        for (var i = 0; i < iterations; i++)
        {
            using var step = NewDisposeScope();
            var square = position.square().sum(1, keepdim: true); // [N, 1]
            // 1 + ‖yᵢ − yⱼ‖² = [−2yᵢ, |yᵢ|² + 1, 1] · [yⱼ, 1, |yⱼ|²]
            kernel.addmm_(cat([position * -2, square + 1, one], 1), cat([position, one, square], 1).t(), beta: 0, alpha: 1);
            kernel.clamp_min_(1).reciprocal_(); // [N, N]
            kernel.diagonal().fill_(0);
            var total = kernel.sum();
            // Both matrices are symmetric: multiplied from the left they are read along their rows, four times faster.
            var carried = cat([position, one], 1).t(); // [3, N]
            var pull = carried.mm(product.copy_(affinities).mul_(kernel)).mul_(i < early ? Exaggeration : 1); // [3, N]
            var push = carried.mm(kernel.mul_(kernel)).div_(total); // [3, N]
            var force = pull.sub_(push).t(); // [N, 3]
            // Equation 5: 4 Σⱼ (pᵢⱼ − qᵢⱼ) (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²)
            var gradient = (position * force.narrow(1, 2, 1)).sub_(force.narrow(1, 0, 2)).mul_(4);
            var against = (gradient * velocity < 0).to(float32); // still descending in this coordinate
            gains.add_(against * 0.2).mul_(against.mul_(0.2).add_(0.8)).clamp_min_(0.01);
            velocity.mul_(i < early ? 0.5 : 0.8).add_(gradient.mul_(gains), alpha: -rate);
            position.add_(velocity);
            position.sub_(position.mean([0]));
        }

        return position;
    }
}
