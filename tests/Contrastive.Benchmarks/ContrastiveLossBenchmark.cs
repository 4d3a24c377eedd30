using System.Diagnostics;
using System.Globalization;
using Contrastive.Losses;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// NT-Xent, forward and backward, at the batch sizes of the papers: in blocks, plainly where that fits, and the matrix products alone that
/// the exact answer needs (4·M²·D operations over the same tiles). Each measurement is its own process, so that the peak memory is its own.
/// </summary>
internal static class ContrastiveLossBenchmark
{
    private sealed record Figures(double Seconds, double ProcessorSeconds, double Megabytes);

    private const int Width = 128;
    private const double Temperature = 0.1;

    public static readonly Benchmark Entry = new("losses", "NT-Xent forward + backward: time and peak memory, in blocks and plainly", Run);

    private static void Run(string[] arguments)
    {
        if (arguments is ["measure", var measured, var views, var rounds])
        {
            Measure(measured, int.Parse(views, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
            return;
        }

        int[] sizes = arguments.Length > 0 ? [.. arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))] : [8192, 16384];
        Console.WriteLine("| 2N | form | seconds | processor seconds | peak memory above the inputs |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var size in sizes)
        {
            string[] forms = size <= 16384 ? ["blocks", "products", "plain"] : ["blocks", "products"];
            var repeats = size <= 16384 ? 5 : 1;
            var results = forms.ToDictionary(name => name, _ => new List<Figures>());
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                foreach (var form in forms)
                    results[form].Add(InChild(form, size, rounds: size <= 8192 ? 3 : 1));
            }

            foreach (var form in forms)
            {
                double Median(Func<Figures, double> figure) => results[form].Select(figure).Order().ElementAt(repeats / 2);
                Console.WriteLine(FormattableString.Invariant(
                    $"| {size} | {form} | {Median(f => f.Seconds):F2} | {Median(f => f.ProcessorSeconds):F2} | {results[form].Max(f => f.Megabytes):F0} MB |"));
            }
        }
    }

    private static Figures InChild(string form, int views, int rounds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in new[] { Entry.Name, "measure", form, $"{views}", $"{rounds}" })
            start.ArgumentList.Add(argument);
        using var child = Process.Start(start)!;
        var parts = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return child.ExitCode == 0
            ? new Figures(Number(parts[0]), Number(parts[1]), Number(parts[2]))
            : throw new InvalidOperationException($"The measurement of {form} at {views} ended with {child.ExitCode}.");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // Prints the best wall-clock and processor times of several rounds and the peak memory above the inputs.
    private static void Measure(string form, int views, int rounds)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var view1 = randn([views / 2, Width], generator: generator).requires_grad_();
        var view2 = randn([views / 2, Width], generator: generator).requires_grad_();
        var rows = nn.functional.normalize(randn([views, Width], generator: generator));
        Step(form, view1.narrow(0, 0, 1024).detach().requires_grad_(), view2.narrow(0, 0, 1024).detach().requires_grad_(), rows.narrow(0, 0, 2048)); // warm
        var before = Memory.Resident();
        Memory.ResetPeak();
        var (best, bestOfProcessor) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var processor = Environment.CpuUsage.TotalTime;
            Step(form, view1, view2, rows);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            bestOfProcessor = Math.Min(bestOfProcessor, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }

        Console.WriteLine(FormattableString.Invariant($"{best:R} {bestOfProcessor:R} {(Memory.Peak() - before) / 1e6:F1}"));
    }

    private static void Step(string form, Tensor view1, Tensor view2, Tensor rows)
    {
        using var scope = NewDisposeScope();
        if (form == "products")
        {
            Products(rows);
            return;
        }

        new NtXentLoss(Temperature, blockwise: form == "blocks").Compute(view1, view2).backward();
    }

    // Each tile of the upper triangle once in the forward pass, and again in the backward pass with its two products.
    private static void Products(Tensor rows)
    {
        using var noGrad = no_grad();
        var products = new TiledProducts(rows, null, new Exclusion(Diagonal: false));
        products.Visit((_, _, _, _) => { });
        products.Gradients((_, _, _, _) => { }, ofColumns: true);
    }
}
