using System.Diagnostics;
using System.Globalization;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Training;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>Where the time of a MoCo step goes: the encoders, the loss against the queue, the optimizer, and what MoCo adds to them.</summary>
internal static class MoCoStepBenchmark
{
    private static readonly (string Title, int Batch, int Queue, Func<nn.Module<Tensor, Tensor>> Make)[] Models =
    [
        ("lesson 02: SmallResNet of width 24, batch 64, 512 keys", 64, 512, () => nn.Sequential(new SmallResNet(width: 24), new ProjectionHead(96, 96, 64))),
        ("the same, 4,096 keys", 64, 4096, () => nn.Sequential(new SmallResNet(width: 24), new ProjectionHead(96, 96, 64))),
        ("ResNet-18 (CIFAR stem), batch 16, 4,096 keys", 16, 4096, () => nn.Sequential(ResNet.ResNet18(ResNetStem.Cifar), new ProjectionHead(512, 512))),
    ];

    public static readonly Benchmark Entry = new("moco-step", "where a MoCo step's time goes: [threads] [steps]", Run);

    private static void Run(string[] arguments)
    {
        set_num_threads(int.Parse(arguments.ElementAtOrDefault(0) ?? "2", CultureInfo.InvariantCulture));
        var steps = int.Parse(arguments.ElementAtOrDefault(1) ?? "30", CultureInfo.InvariantCulture);
        Console.WriteLine("| milliseconds, median | keys | queries and loss | backward | optimizer | momentum update | enqueue | momentum update's share |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (title, batch, length, make) in Models)
        {
            var parts = Measure(batch, length, make, steps);
            var cells = parts.Select(milliseconds => milliseconds.ToString("F2", CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {title} | {string.Join(" | ", cells)} | {parts[4] / parts.Sum():P2} |"));
        }
    }

    private static double[] Measure(int batch, int length, Func<nn.Module<Tensor, Tensor>> make, int steps)
    {
        manual_seed(1);
        using var network = make();
        using var keyEncoder = new MomentumEncoder(network, make());
        using var optimizer = new AdamW(network, 1e-3);
        using var generator = new Generator(1);
        using var views = rand([2 * batch, 3, 32, 32]);
        var (loss, marks) = (new InfoNceLoss(0.2), new List<double[]>());
        using var halves = NewDisposeScope();
        var (view1, view2) = (views[..batch], views[batch..]);
        using var sample = network.call(view1);
        using var queue = new MoCoQueue(length, (int)sample.size(1), generator);
        for (var step = 0; step < steps + 3; step++)
        {
            using var scope = NewDisposeScope();
            var clock = Stopwatch.StartNew();
            var times = new List<double>();
            var keys = keyEncoder.call(view2);
            times.Add(clock.Elapsed.TotalMilliseconds);
            var value = loss.Compute(network.call(view1), keys, queue.Keys);
            times.Add(clock.Elapsed.TotalMilliseconds);
            optimizer.ZeroGradient();
            value.backward();
            times.Add(clock.Elapsed.TotalMilliseconds);
            optimizer.Step();
            times.Add(clock.Elapsed.TotalMilliseconds);
            keyEncoder.Update();
            times.Add(clock.Elapsed.TotalMilliseconds);
            queue.Enqueue(keys);
            times.Add(clock.Elapsed.TotalMilliseconds);
            if (step >= 3)
                marks.Add([.. times.Select((time, part) => time - (part == 0 ? 0 : times[part - 1]))]);
        }

        return [.. Enumerable.Range(0, 6).Select(part => marks.Select(mark => mark[part]).Order().ElementAt(marks.Count / 2))];
    }
}
