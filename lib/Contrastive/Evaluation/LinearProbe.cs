using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// A linear classifier on frozen features, the standard measure of a representation: multinomial logistic regression on standardized
/// features, fitted on the full batch by L-BFGS from zero, so that the result is deterministic and has no learning rate to tune.
/// <code>min over W, b:  mean of −log softmax(W x + b)[label] + (λ / 2) ‖W‖²</code>
/// The bias is not regularized.
/// </summary>
public sealed class LinearProbe : IDisposable
{
    private LinearProbe(Tensor weight, Tensor bias, int iterations, double loss)
    {
        Weight = weight.DetachFromDisposeScope();
        Bias = bias.DetachFromDisposeScope();
        Iterations = iterations;
        Loss = loss;
    }

    /// <summary>Weights for the raw features (the standardization is folded in), <c>[D, classes]</c>.</summary>
    public Tensor Weight { get; }

    /// <summary>The bias of each class, <c>[classes]</c>.</summary>
    public Tensor Bias { get; }

    /// <summary>The number of steps that the fit took; fewer than allowed where it converged.</summary>
    public int Iterations { get; }

    /// <summary>The objective at the solution, regularization included.</summary>
    public double Loss { get; }

    /// <summary>Fits the classifier.</summary>
    /// <param name="features">Features of the training set, float <c>[N, D]</c>.</param>
    /// <param name="labels">Classes of the training set, int64 <c>[N]</c>, from 0.</param>
    /// <param name="l2">λ, zero or above; with few examples per feature, a larger value generalizes better.
    /// <value>The default is 0.001.</value></param>
    /// <param name="iterations">The maximum number of steps. <value>The default is 100.</value></param>
    /// <param name="tolerance">The fit ends once no gradient entry exceeds it in magnitude. <value>The default is 1e-5.</value></param>
    /// <returns>The classifier; dispose it when done.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, a value is not finite, all labels are equal, or an option is out of
    /// range.</exception>
    public static LinearProbe Fit(Tensor features, Tensor labels, double l2 = 1e-3, int iterations = 100, double tolerance = 1e-5)
    {
        Require.Matrix(features, atLeast: 2);
        Require.Classes(labels, features);
        Require.NotNegative(l2);
        Require.AtLeast(iterations, 1);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        labels = labels.to(features.device);
        if (labels.min().item<long>() == labels.max().item<long>())
            throw new ArgumentException($"All labels are {labels[0].item<long>()}; a classifier needs at least two classes.", nameof(labels));

        var classes = labels.max().item<long>() + 1;
        var (mean, scale) = Standardization(features); // [D] each
        var inputs = cat([(features - mean).div_(scale), ones([features.size(0), 1], features.dtype, features.device)], dim: 1); // [N, D + 1]
        var regression = new LogisticRegression(inputs, labels, l2);
        var start = zeros([classes, inputs.size(1)], features.dtype, features.device);
        var (solution, loss, steps) = Lbfgs.Minimize(start, regression.Evaluate, iterations, tolerance);

        var width = features.size(1);
        var weight = (solution.narrow(1, 0, width) / scale).t().contiguous(); // [D, classes]
        var bias = solution.narrow(1, width, 1).squeeze(1) - mean.unsqueeze(0).mm(weight).squeeze(0); // [classes]
        return new LinearProbe(weight, bias, steps, loss);
    }

    /// <summary>The classes' scores (logits).</summary>
    /// <param name="features">Float <c>[Q, D]</c>.</param>
    /// <returns><c>[Q, classes]</c>.</returns>
    /// <exception cref="ArgumentException">The features do not have the width of those it was fitted on.</exception>
    public Tensor Scores(Tensor features)
    {
        Require.Matrix(features);
        Require.Shape(features, Require.Sized("float", features.size(0), Weight.size(0)), "the columns that the probe was fitted on");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return features.to(Weight.device).to(Weight.dtype).mm(Weight).add_(Bias).MoveToOuterDisposeScope();
    }

    /// <summary>The class with the highest score.</summary>
    /// <param name="features">Float <c>[Q, D]</c>.</param>
    /// <returns>int64 <c>[Q]</c>.</returns>
    public Tensor Predict(Tensor features)
    {
        using var scope = NewDisposeScope();
        return Scores(features).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of examples whose class it gets right, in [0, 1].</summary>
    /// <param name="features">Float <c>[Q, D]</c>.</param>
    /// <param name="labels">int64 <c>[Q]</c>.</param>
    public double Accuracy(Tensor features, Tensor labels)
    {
        Require.Matrix(features);
        Require.Classes(labels, features);
        using var scope = NewDisposeScope();
        return Agreement.Share(Predict(features), labels);
    }

    /// <summary>Fits on a training set and returns the accuracy on a test set, in [0, 1].</summary>
    /// <param name="features">Features of the training set, float <c>[N, D]</c>.</param>
    /// <param name="labels">Classes of the training set, int64 <c>[N]</c>, from 0.</param>
    /// <param name="testFeatures">Features of the test set by the same encoder, float <c>[Q, D]</c>.</param>
    /// <param name="testLabels">Classes of the test set, int64 <c>[Q]</c>.</param>
    /// <param name="l2">λ. <value>The default is 0.001.</value></param>
    public static double Accuracy(Tensor features, Tensor labels, Tensor testFeatures, Tensor testLabels, double l2 = 1e-3)
    {
        using var probe = Fit(features, labels, l2);
        return probe.Accuracy(testFeatures, testLabels);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Weight.Dispose();
        Bias.Dispose();
    }

    /// <summary>Mean and standard deviation of each column; a constant column is not scaled.</summary>
    private static (Tensor Mean, Tensor Scale) Standardization(Tensor features)
    {
        var mean = features.mean([0]); // [D]
        var deviation = (features - mean).square().mean([0]).sqrt_(); // [D]
        var still = deviation <= mean.abs() * 1e-6 + 1e-12;
        return (mean, deviation.masked_fill_(still, 1));
    }
}
