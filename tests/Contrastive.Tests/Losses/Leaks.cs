using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>A loss may leave one tensor behind: its result.</summary>
internal static class Leaks
{
    public static void CheckTwoViews(ITwoViewLoss loss) => Check(loss.Compute, randn(6, 4), randn(6, 4));

    public static void CheckLabeled(ILabeledLoss loss)
    {
        var labels = tensor(new long[] { 0, 0, 1, 1, 2, 2 });
        Check(loss.Compute, randn(6, 4), labels.clone());
        using var references = randn(5, 4);
        using var referenceLabels = tensor(new long[] { 2, 1, 0, 0, 7 });
        Check((z, y) => loss.Compute(z, y, references, referenceLabels), randn(6, 4), labels);
    }

    public static void CheckPairs(IPairLoss loss)
    {
        using var second = randn(6, 4);
        Check((first, similar) => loss.Compute(first, second, similar), randn(6, 4), tensor(new long[] { 0, 0, 1, 1, 0, 1 }));
    }

    public static void CheckTriplets(ITripletLoss loss)
    {
        using var positives = randn(6, 4);
        Check((anchors, negatives) => loss.Compute(anchors, positives, negatives), randn(6, 4), randn(6, 4));
    }

    private static void Check(Func<Tensor, Tensor, Tensor> compute, Tensor first, Tensor second)
    {
        using (first.requires_grad_())
        using (second)
        {
            using var outer = NewDisposeScope();
            var result = compute(first, second);
            Assert.Equal(1, outer.DisposablesCount);
            result.backward();
        }
    }
}
