using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>A loss may leave one tensor behind: its result.</summary>
internal static class Leaks
{
    public static void CheckTwoViews(ITwoViewLoss loss) => Check(loss.Compute, randn(6, 4), randn(6, 4));

    public static void CheckLabeled(ILabeledLoss loss) => Check(loss.Compute, randn(6, 4), tensor(new long[] { 0, 0, 1, 1, 2, 2 }));

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
