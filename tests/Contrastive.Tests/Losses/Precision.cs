using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What float32 may lose against float64.</summary>
internal static class Precision
{
    /// <summary>Six classes of two rows, those of a class 2° apart and the classes 60°: at a low temperature the loss is small, and its
    /// relative error must still be that of the similarities, not that of their logarithms' difference.</summary>
    public static void CheckNearlySolved(ILabeledLoss loss)
    {
        using var scope = NewDisposeScope();
        var angles = tensor(Enumerable.Range(0, 12).Select(i => Math.PI / 180 * ((60 * (i / 2)) + (2 * (i % 2)))).ToArray());
        var labels = arange(12) / 2;
        Tensor Points(ScalarType type) => stack([angles.cos(), angles.sin()], dim: 1).to(type).requires_grad_();
        var (single, exact) = (Points(float32), Points(float64));
        var (value, expected) = (loss.Compute(single, labels.to(int64)), loss.Compute(exact, labels.to(int64)));
        value.backward();
        expected.backward();
        Assert.InRange(expected.item<double>(), 1e-12, 1e-3);
        Assert.Equal(1, value.item<float>() / expected.item<double>(), 1e-4);
        Assert.True((single.grad!.to(float64) - exact.grad!).norm().item<double>() < 1e-3 * exact.grad!.norm().item<double>());
    }
}
