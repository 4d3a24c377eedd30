using System.Globalization;
using Contrastive.Augmentation;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Torch;
using Contrastive.Training;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>Resident memory over a thousand MoCo steps with all that a step can have: two views, momentum encoder, queue, clipping.</summary>
internal static class TrainingMemoryBenchmark
{
    public static readonly Benchmark Entry = new("training-memory", "resident memory over 1,000 training steps: [steps]", Run);

    private static void Run(string[] arguments)
    {
        var steps = int.Parse(arguments.ElementAtOrDefault(0) ?? "1000", CultureInfo.InvariantCulture);
        using var seeds = new Seeds(1);
        using var network = Make();
        using var follower = new MomentumEncoder(network, Make(), 0.99);
        using var queue = new MoCoQueue(1024, 32, seeds.Generator("queue"));
        using var optimizer = new AdamW(network);
        var views = new TwoViews(new Compose(new RandomResizedCrop(32), new RandomHorizontalFlip(), ColorJitter.Strength(0.5), new RandomGrayscale(0.2)));
        var loss = new InfoNceLoss(0.2);
        using var pictures = rand([1000, 3, 32, 32], generator: seeds.Generator("pictures")).DetachFromDisposeScope();
        Console.WriteLine("| step | resident MB | managed MB |");
        Console.WriteLine("|---|---|---|");
        for (var step = 1; step <= steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = randint(0, 1000, [32], ScalarType.Int64, generator: seeds.Generator("batches"));
            var (view1, view2) = views.Apply(pictures.index_select(0, batch), seeds.Generator("views"));
            var keys = follower.call(view2);
            var value = loss.Compute(network.call(view1), keys, queue.Keys);
            optimizer.ZeroGradient();
            value.backward();
            optimizer.ClipGradientNorm(5);
            optimizer.Step();
            follower.Update();
            queue.Enqueue(keys);
            if (step % (steps / 10) == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {step} | {Resident():F1} | {GC.GetTotalMemory(false) / 1e6:F1} |"));
        }
    }

    private static nn.Module<Tensor, Tensor> Make() => nn.Sequential(new SmallResNet(width: 8), new ProjectionHead(32, 32, 32));

    private static double Resident() => Environment.WorkingSet / 1e6;
}
