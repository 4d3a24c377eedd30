using System.Diagnostics;
using System.Globalization;
using Contrastive.Losses;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// NT-Xent, forward and backward, at the batch sizes of the papers: in blocks, plainly where that fits, and the matrix products alone that
/// the exact answer needs (4·M²·D operations over the same tiles); and with negatives chosen by ids, by a guide, and by a mask and weights
/// <c>[2N, 2N]</c>, which are among the inputs. Each measurement is its own process, so that the peak memory is its own.
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
            string[] forms = ["blocks", "products", "blocks, ids", "blocks, guide", .. size <= 16384 ? ["blocks, mask and weights", "plain", "plain, mask and weights"] : Array.Empty<string>()];
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
        Step(form, view1.narrow(0, 0, 1024).detach().requires_grad_(), view2.narrow(0, 0, 1024).detach().requires_grad_(), rows.narrow(0, 0, 2048), Chosen(form, 1024, generator)); // warm
        var negatives = Chosen(form, views / 2, generator);
        var before = Memory.Resident();
        Memory.ResetPeak();
        var (best, bestOfProcessor) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var processor = Environment.CpuUsage.TotalTime;
            Step(form, view1, view2, rows, negatives);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
            bestOfProcessor = Math.Min(bestOfProcessor, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }

        Console.WriteLine(FormattableString.Invariant($"{best:R} {bestOfProcessor:R} {(Memory.Peak() - before) / 1e6:F1}"));
    }

    private static void Step(string form, Tensor view1, Tensor view2, Tensor rows, Negatives negatives)
    {
        using var scope = NewDisposeScope();
        if (form == "products")
        {
            Products(rows);
            return;
        }

        new NtXentLoss(Temperature, blockwise: form.StartsWith("blocks", StringComparison.Ordinal)).Compute(view1, view2, negatives).backward();
    }

    private static Negatives Chosen(string form, int pairs, Generator generator) => form switch
    {
        "blocks, ids" => new Negatives { Ids = arange(pairs) % (pairs / 2) },
        "blocks, guide" => new Negatives { Guide = new Guide(randn([pairs, Width], generator: generator), randn([pairs, Width], generator: generator)) },
        "blocks, mask and weights" or "plain, mask and weights" => new Negatives
        {
            Exclude = randint(0, 10, [2 * pairs, 2 * pairs], ScalarType.Int8, generator: generator) == 0,
            LogWeights = randn([2 * pairs, 2 * pairs], generator: generator),
        },
        _ => Negatives.All,
    };

    // Each tile of the upper triangle once in the forward pass, and again in the backward pass with its two products.
    private static void Products(Tensor rows)
    {
        using var noGrad = no_grad();
        var products = new TiledProducts(rows, null, new EntryRules());
        products.Visit((_, _, _, _) => { });
        products.Gradients((_, _, _, _) => { }, ofColumns: true);
    }
}
