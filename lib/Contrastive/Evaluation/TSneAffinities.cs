using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>The affinity of each pair of points (van der Maaten and Hinton 2008, equation 1 and section 3.1).</summary>
internal static class TSneAffinities
{
    private const int MostHalvings = 64;
    private const double Tolerance = 1e-5;

    /// <summary>p(i, j) = (p(j | i) + p(i | j)) / 2N, float64 <c>[N, N]</c>.</summary>
    public static Tensor Joint(Tensor features, double perplexity)
    {
        using var scope = NewDisposeScope();
        var conditional = Conditional(features, perplexity);
        return (conditional + conditional.t()).div_(2 * features.size(0)).MoveToOuterDisposeScope();
    }

    /// <summary>p(j | i) ∝ exp(−βᵢ ‖xᵢ − xⱼ‖²), with βᵢ such that row i has the given perplexity; float64 <c>[N, N]</c>.</summary>
    public static Tensor Conditional(Tensor features, double perplexity)
    {
        using var scope = NewDisposeScope();
        var x = features.to(float64);
        x = x - x.mean([0]);
        var square = x.square().sum(1, keepdim: true); // [N, 1]
        var distances = (square + square.t() - (x.mm(x.t()) * 2)).clamp_min_(0); // [N, N]
        distances.div_(distances.mean().clamp_min(1e-300)).diagonal().fill_(double.PositiveInfinity);
        distances.sub_(distances.amin([1], keepdim: true)).diagonal().fill_(0); // the nearest neighbor at 0 keeps exp in range

        var target = Math.Log(perplexity);
        var beta = ones_like(square); // [N, 1]
        var (low, high) = (zeros_like(beta), full_like(beta, double.PositiveInfinity));
        for (var i = 0; i < MostHalvings; i++)
        {
            using var step = NewDisposeScope();
            var weights = Weights(distances, beta); // [N, N]
            var sum = weights.sum(1, keepdim: true); // [N, 1]
            var entropy = sum.log() + (beta * (weights * distances).sum(1, keepdim: true) / sum); // [N, 1]
            if ((entropy - target).abs_().max().item<double>() < Tolerance)
                break;
            var tooFlat = entropy > target;
            low.copy_(where(tooFlat, beta, low));
            high.copy_(where(tooFlat, high, beta));
            beta.copy_(where(high.isinf(), beta * 2, (low + high) / 2));
        }

        var final = Weights(distances, beta);
        return final.div_(final.sum(1, keepdim: true)).MoveToOuterDisposeScope();
    }

    private static Tensor Weights(Tensor distances, Tensor beta)
    {
        var weights = (distances * -beta).exp_(); // [N, N]
        weights.diagonal().fill_(0);
        return weights;
    }
}
