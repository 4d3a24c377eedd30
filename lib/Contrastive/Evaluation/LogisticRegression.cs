using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>The objective of multinomial logistic regression and its gradient, written out (no autograd graph).</summary>
/// <param name="inputs"><c>[N, D + 1]</c>, the last column all ones.</param>
/// <param name="labels">int64 <c>[N]</c>.</param>
/// <param name="l2">λ, on all columns of the weights but the last, the bias.</param>
internal sealed class LogisticRegression(Tensor inputs, Tensor labels, double l2)
{
    private readonly Tensor _labels = labels.unsqueeze(1); // [N, 1]

    /// <summary>Value and gradient at weights <c>[classes, D + 1]</c>: in this layout both products with the inputs are fast.</summary>
    public (double Value, Tensor Gradient) Evaluate(Tensor weights)
    {
        using var scope = NewDisposeScope();
        var count = inputs.size(0);
        var logProbabilities = inputs.mm(weights.t()).log_softmax(1); // [N, classes]
        var loss = -logProbabilities.gather(1, _labels).mean([0, 1], false, float64).item<double>();
        var error = logProbabilities.exp_(); // [N, classes]
        error.scatter_add_(1, _labels, full_like(_labels, -1, dtype: error.dtype));
        var gradient = error.t().mm(inputs).div_(count); // [classes, D + 1]
        var free = weights.narrow(1, 0, weights.size(1) - 1);
        gradient.narrow(1, 0, weights.size(1) - 1).add_(free, alpha: l2);
        var norm = free.square().sum(ScalarType.Float64).item<double>();
        return (loss + (0.5 * l2 * norm), gradient.MoveToOuterDisposeScope());
    }
}
