using System.Globalization;
using Contrastive.Data;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>Decoding pictures and scaling them to squares, against Pillow, which torchvision uses for it, in as many threads.</summary>
internal static class PictureBenchmark
{
    private const int Rounds = 5;

    public static Benchmark Entry { get; } = new(
        "pictures", "decoding and scaling JPEGs, against Pillow; a folder of pictures, then [threads] [wall|processor] [sides]", Run);

    private static void Run(string[] arguments)
    {
        var folder = arguments[0];
        var threads = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 2;
        var clock = new Clock(arguments.Length > 2 ? arguments[2] : "wall");
        int[] sides = arguments.Length > 3 ? [.. arguments[3..].Select(side => int.Parse(side, CultureInfo.InvariantCulture))] : [64, 128];
        var tree = FileTree.Open(folder);
        string[] paths = [.. tree.Paths.Where(ImageFolder.IsPicture)];
        Console.WriteLine($"| {paths.Length} pictures of {folder} to | ours, pictures a second ({clock.Name}) | Pillow | times | Pillow with draft | times |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var side in sides)
        {
            using var pillow = new PythonPeer("pictures.py", folder, $"{side}", $"{threads}", "plain", clock.Name);
            using var draft = new PythonPeer("pictures.py", folder, $"{side}", $"{threads}", "draft", clock.Name);
            Ours(side);
            var rounds = Enumerable.Range(0, Rounds).Select(_ => (Ours: Ours(side), Pillow: pillow.Round(), Draft: draft.Round())).ToArray();
            var (ours, plain, drafted) = (Median(rounds.Select(r => r.Ours)), Median(rounds.Select(r => r.Pillow)), Median(rounds.Select(r => r.Draft)));
            Console.WriteLine(FormattableString.Invariant(
                $"| {side}×{side} | {Rate(ours):n0} | {Rate(plain):n0} | {plain / ours:f2}× | {Rate(drafted):n0} | {drafted / ours:f2}× |"));
        }

        double Rate(double milliseconds) => paths.Length * 1000 / milliseconds;

        double Ours(int side)
        {
            using var scope = NewDisposeScope();
            return clock.Time(() => DecodedPictures.Decode(tree, paths, side, side, resize: true, threads));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
