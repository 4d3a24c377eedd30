using System.Diagnostics;
using System.Globalization;
using Contrastive.Augmentation;
using Contrastive.Data;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>Two views of a batch of 32×32 images: ours, batched, against torchvision's per-image pipeline with the same steps.</summary>
internal static class AugmentationBenchmark
{
    private const int BatchSize = 128;
    private const int Rounds = 7;
    private const int BatchesPerRound = 10;

    public static Benchmark Entry { get; } = new("augmentation", "two views of 128 images of 32×32, against torchvision; argument: threads (2)", Run);

    private static void Run(string[] arguments)
    {
        var threads = arguments is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 2;
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        using var set = Shapes.Generate(BatchSize, seed: 0);
        var images = set.Images.Images.to(float32).div_(255);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, set.Images.Images.bytes.ToArray());
            Console.WriteLine("| two views of 128 images, 32×32 | ours, ms | torchvision on PIL images, ms | torchvision on tensors, ms | times |");
            Console.WriteLine("|---|---|---|---|---|");
            Compare("CIFAR preset: crop, flip, jitter 0.5, gray", SimClrAugmentation.Cifar(), "cifar");
            Compare("ImageNet preset: the same, jitter 1, blur", SimClrAugmentation.ImageNet(32), "imagenet");
        }
        finally
        {
            File.Delete(file);
        }

        void Compare(string title, SimClrAugmentation preset, string name)
        {
            using var pil = new PythonPeer("augmentation.py", file, name, "pil", $"{threads}");
            using var tensors = new PythonPeer("augmentation.py", file, name, "tensor", $"{threads}");
            var views = new TwoViews(preset.Create());
            var generator = new Generator(1);
            Ours(views, images, generator);
            var rounds = Enumerable.Range(0, Rounds).Select(_ => (Ours: Ours(views, images, generator), Pil: pil.Round(), Tensors: tensors.Round())).ToArray();
            var (ours, onPil, onTensors) = (Median(rounds.Select(r => r.Ours)), Median(rounds.Select(r => r.Pil)), Median(rounds.Select(r => r.Tensors)));
            Console.WriteLine(FormattableString.Invariant($"| {title} | {ours:f1} | {onPil:f0} | {onTensors:f0} | {onPil / ours:f1}× |"));
        }
    }

    private static double Ours(TwoViews views, Tensor images, Generator generator)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < BatchesPerRound; i++)
        {
            using var scope = NewDisposeScope();
            views.Apply(images, generator);
        }

        return watch.Elapsed.TotalMilliseconds / BatchesPerRound;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
