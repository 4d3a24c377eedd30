using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

[Collection(GarbageCollection.Name)]
public class BlockwiseMemoryTests
{
    [Fact]
    public void Survives_garbage_collection_and_leaves_no_tensor_behind()
    {
        using var outer = NewDisposeScope();
        var view1 = randn(70, 8).requires_grad_();
        var view2 = randn(70, 8);
        var before = outer.DisposablesCount;
        for (var step = 0; step < 20; step++)
        {
            using var scope = NewDisposeScope();
            var loss = new NtXentLoss(blockwise: true).Compute(view1, view2);
            GC.Collect();
            loss.backward();
            view1.grad!.zero_();
        }

        Assert.Equal(before, outer.DisposablesCount);
    }
}
