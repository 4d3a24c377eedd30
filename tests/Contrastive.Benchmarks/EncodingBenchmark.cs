using System.Globalization;
using System.Runtime.InteropServices;
using Contrastive.Encoders;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// Sentences to embeddings with the small preset and the same random weights: this library starts from text, PyTorch from token ids; timed
/// alternately. Both sides' embeddings must agree.
/// </summary>
internal static class EncodingBenchmark
{
    private const int SentenceCount = 10_000;
    private const int BatchSize = 64;
    private const double Tolerance = 1e-4;

    public static readonly Benchmark Entry = new("encoding", "10,000 real sentences to embeddings, against PyTorch: [threads] [rounds] [wall|processor]", Run);

    private static void Run(string[] arguments)
    {
        var threads = arguments.ElementAtOrDefault(0) ?? "2";
        var rounds = int.Parse(arguments.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
        var clock = new Clock(arguments.ElementAtOrDefault(2) ?? "wall");
        set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        var folder = Directory.CreateTempSubdirectory("encoding-").FullName;
        try
        {
            var sample = new SentenceSample(SentenceCount, maxLength: 128);
            var sentences = sample.Sentences;
            manual_seed(1);
            using var encoder = new SentenceEncoder(new BertEncoder(BertConfig.Small(sample.Tokenizer.VocabularySize)), sample.Tokenizer);
            Export(folder, encoder);
            sample.WriteIds(Path.Combine(folder, "ids.txt"));
            PythonPeer Peer(string order) => new(
                "encoding.py", folder, $"{encoder.Tokenizer.VocabularySize}", order, $"{BatchSize}", threads, clock.Name);
            using var given = Peer("given");
            using var sorted = Peer("sorted");
            (string Name, Func<double> Round)[] sides =
            [
                ("PyTorch, batches as given", given.Round),
                ("PyTorch, sorted by length", sorted.Round),
                ("float32", () => clock.Time(() => encoder.Encode(sentences).Dispose())),
                ("bf16 autocast", () => clock.Time(() => Mixed(encoder, sentences))),
                ("tokenizing alone", () => clock.Time(() => Tokenize(sentences))),
            ];
            foreach (var (_, round) in sides)
                round(); // warm-up
            var difference = Difference(folder, encoder, sentences);
            if (!(difference <= Tolerance))
                throw new InvalidOperationException($"The embeddings differ by {difference}; the two sides do not do the same work.");
            var times = sides.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (side, all) in sides.Zip(times))
                    all.Add(side.Round());
            }

            Report(threads, clock, sides, times, difference);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Export(string folder, SentenceEncoder encoder)
    {
        using var weights = File.Create(Path.Combine(folder, "weights.bin"));
        foreach (var parameter in encoder.Bert.parameters())
            weights.Write(MemoryMarshal.AsBytes<float>(parameter.data<float>().ToArray()));
    }

    private static void Mixed(SentenceEncoder encoder, IReadOnlyList<string> sentences)
    {
        using var precision = Precision.BFloat16(CPU);
        encoder.Encode(sentences).Dispose();
    }

    private static void Tokenize(IReadOnlyList<string> sentences)
    {
        var tokenizer = SentenceSample.NewTokenizer();
        foreach (var sentence in sentences)
            tokenizer.Encode(sentence);
    }

    private static double Difference(string folder, SentenceEncoder encoder, IReadOnlyList<string> sentences)
    {
        using var scope = NewDisposeScope();
        var theirs = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, "embeddings.bin"))).ToArray();
        return (encoder.Encode(sentences) - tensor(theirs, [sentences.Count, encoder.FeatureCount])).abs().max().item<float>();
    }

    private static void Report(string threads, Clock clock, (string Name, Func<double> Round)[] sides, List<double>[] times, double difference)
    {
        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Seconds for {SentenceCount} sentences, median (least) of {times[0].Count} rounds in turn, {threads} thread(s), {clock.Name} time; embeddings differ by at most {difference:0.0e0}"));
        Console.WriteLine();
        Console.WriteLine("| | seconds | PyTorch, as given : this | PyTorch, sorted : this |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var ((name, _), all) in sides.Zip(times))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Median(all) / 1000:F2} ({all.Min() / 1000:F2}) | {Median(times[0]) / Median(all):F2}× | {Median(times[1]) / Median(all):F2}× |"));
        }
    }
}
