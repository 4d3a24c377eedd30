using System.Globalization;
using TorchSharp;

namespace Contrastive.Benchmarks;

/// <summary>A SimCLR step (encoder, head, NT-Xent, backward, optimizer) against PyTorch, on as many threads, alternately.</summary>
internal static class TrainingStepBenchmark
{
    private static readonly (string Name, string Title, int Steps)[] Models =
    [
        ("small", "SmallResNet, 128 pairs, AdamW", 4),
        ("resnet18", "ResNet-18 (CIFAR stem), 16 pairs, SGD", 1),
    ];

    public static readonly Benchmark Entry = new("training-step", "a SimCLR step against PyTorch's: [threads] [rounds] [wall|processor]", Run);

    private static void Run(string[] arguments)
    {
        var threads = arguments.ElementAtOrDefault(0) ?? "2";
        var rounds = int.Parse(arguments.ElementAtOrDefault(1) ?? "7", CultureInfo.InvariantCulture);
        var clock = arguments.ElementAtOrDefault(2) ?? "wall";
        torch.set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Milliseconds a step, median (least) of {rounds} rounds in turn, {threads} thread(s), {clock} time"));
        Console.WriteLine();
        Console.WriteLine("| model | PyTorch | PyTorch, channels-last | float32 | bf16 autocast | float32 : PyTorch | bf16 : PyTorch | momentum update |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, title, steps) in Models)
        {
            var count = steps.ToString(CultureInfo.InvariantCulture);
            using var contiguous = new PythonPeer("training_step.py", name, "contiguous", threads, count, clock);
            using var channelsLast = new PythonPeer("training_step.py", name, "channels-last", threads, count, clock);
            using var own = new OwnSteps(name, clock);
            Func<double>[] sides =
            [
                contiguous.Round, channelsLast.Round, () => own.Run(mixed: false, steps), () => own.Run(mixed: true, steps), () => own.Follow(100),
            ];
            var times = sides.Select(_ => new List<double>()).ToArray();
            foreach (var side in sides)
                side(); // warm-up
            for (var round = 0; round < rounds; round++)
            {
                for (var side = 0; side < sides.Length; side++)
                    times[side].Add(sides[side]());
            }

            var medians = times.Select(Median).ToArray();
            var cells = times.Take(4).Select(all => string.Create(CultureInfo.InvariantCulture, $"{Median(all):F1} ({all.Min():F1})"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {title} | {string.Join(" | ", cells)} | {medians[0] / medians[2]:F2}× | {medians[0] / medians[3]:F2}× | {medians[4]:F2} ({medians[4] / medians[2]:P1} of a step) |"));
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
