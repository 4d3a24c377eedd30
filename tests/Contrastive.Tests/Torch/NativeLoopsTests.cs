using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

[Collection(GarbageCollection.Name)]
public sealed class NativeLoopsTests
{
    private static readonly NativeLoops Loops = new("""
        def add(tensors: List[Tensor], a: float, b: float, c: float, d: float, e: float) -> int:
            torch._foreach_add_(tensors, a + b + c + d + e)
            return 0
        """);

    [Fact]
    public async Task Numbers_live_through_the_call_though_garbage_is_collected_meanwhile()
    {
        using var done = new CancellationTokenSource();
        var collecting = Task.Run(
            () =>
            {
                while (!done.IsCancellationRequested)
                {
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                    GC.WaitForPendingFinalizers();
                }
            },
            TestContext.Current.CancellationToken);
        using var total = zeros(1, float64);
        const int calls = 10_000;
        for (var call = 0; call < calls; call++)
            Loops.Invoke("add", new[] { total }, 1.0, 0.5, 0.25, 0.125, 0.125);
        await done.CancelAsync();
        await collecting;
        Assert.Equal(2.0 * calls, total.item<double>());
    }
}
