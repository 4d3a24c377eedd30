using System.Globalization;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Torch;
using Contrastive.Training;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// A training step of the small preset (64 real sentences of at most 32 tokens, dropout 0.1, AdamW) against the same in PyTorch,
/// alternately: masked tokens, and unsupervised SimCSE, which passes each sentence twice.
/// </summary>
internal static class TextStepBenchmark
{
    private const int BatchSize = 64;
    private const int Steps = 8;

    public static readonly Benchmark Entry = new("text-step", "a step of MLM and of SimCSE against PyTorch's: [threads] [rounds] [wall|processor]", Run);

    private static void Run(string[] arguments)
    {
        var threads = arguments.ElementAtOrDefault(0) ?? "2";
        var rounds = int.Parse(arguments.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
        var clock = new Clock(arguments.ElementAtOrDefault(2) ?? "wall");
        set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Milliseconds a step, median (least) of {rounds} rounds in turn, {threads} thread(s), {clock.Name} time"));
        Console.WriteLine();
        Console.WriteLine("| step | vocabulary | PyTorch | float32 | bf16 autocast | float32 : PyTorch | bf16 : PyTorch |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var sample = new SentenceSample(BatchSize * Steps, maxLength: 32);
        foreach (var (task, title) in new[] { ("mlm", "masked tokens"), ("simcse", "SimCSE, unsupervised") })
        {
            foreach (var words in new[] { 8000, sample.Tokenizer.VocabularySize })
                Console.WriteLine(Row(sample.Within(words), task, title, words, threads, rounds, clock));
        }
    }

    private static string Row(SentenceSample sample, string task, string title, int words, string threads, int rounds, Clock clock)
    {
        var path = Path.GetTempFileName();
        try
        {
            sample.WriteIds(path);
            using var peer = new PythonPeer("text_step.py", path, task, $"{words}", $"{BatchSize}", $"{Steps}", threads, clock.Name);
            manual_seed(1);
            var model = new BertMaskedLanguageModel(new BertEncoder(BertConfig.Small(words)));
            using var optimizer = new AdamW(task == "mlm" ? model : model.Encoder, 1e-4);
            Action<bool, TokenBatch> step = task == "mlm" ? (mixed, batch) => Masked(model, optimizer, mixed, batch) : (mixed, batch) => Ranked(model.Encoder, optimizer, mixed, batch);
            Func<double>[] sides = [peer.Round, () => Own(false), () => Own(true)];
            foreach (var side in sides)
                side(); // warm-up
            var times = sides.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (side, all) in sides.Zip(times))
                    all.Add(side());
            }

            static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
            var cells = string.Join(" | ", times.Select(all => string.Create(CultureInfo.InvariantCulture, $"{Median(all):F0} ({all.Min():F0})")));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"| {title} | {words} | {cells} | {Median(times[0]) / Median(times[1]):F2}× | {Median(times[0]) / Median(times[2]):F2}× |");

            double Own(bool mixed) => clock.Time(() =>
            {
                foreach (var chunk in sample.Sequences.Chunk(BatchSize))
                {
                    using var scope = NewDisposeScope();
                    step(mixed, TokenBatch.Pad(chunk, sample.Tokenizer.PaddingId));
                }
            }) / Steps;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Masked(BertMaskedLanguageModel model, AdamW optimizer, bool mixed, TokenBatch batch)
    {
        var isAsked = rand(batch.InputIds.shape).lt(0.15).logical_and_(batch.AttentionMask.ne(0));
        var labels = batch.InputIds.masked_fill(isAsked.logical_not(), -100);
        Tensor loss;
        using (mixed ? Precision.BFloat16(CPU) : null)
            loss = model.Loss(batch.InputIds.masked_fill(isAsked, 103), batch.AttentionMask, labels);
        Learn(optimizer, loss);
    }

    private static void Ranked(BertEncoder encoder, AdamW optimizer, bool mixed, TokenBatch batch)
    {
        Tensor embeddings;
        using (mixed ? Precision.BFloat16(CPU) : null)
            embeddings = encoder.Pool(encoder.call(batch.InputIds.repeat(2, 1), batch.AttentionMask.repeat(2, 1), null));
        var views = embeddings.to(ScalarType.Float32).chunk(2);
        Learn(optimizer, new MultipleNegativesRankingLoss().Compute(views[0], views[1]));
    }

    private static void Learn(AdamW optimizer, Tensor loss)
    {
        optimizer.ZeroGradient();
        loss.backward();
        optimizer.Step();
        loss.item<float>();
    }
}
