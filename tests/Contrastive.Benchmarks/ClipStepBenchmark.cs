using System.Globalization;
using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Torch;
using Contrastive.Training;
using static TorchSharp.torch;

namespace Contrastive.Benchmarks;

/// <summary>
/// A training step of CLIP's small preset (128 generated scenes with a caption each, AdamW) against the same in PyTorch, alternately, and
/// where our step's time goes. PyTorch's texts are padded to the longest of the batch, as ours, or to the whole context, as CLIP pads them.
/// </summary>
internal static class ClipStepBenchmark
{
    private const int BatchSize = 128;
    private const int Steps = 2;

    public static readonly Benchmark Entry = new("clip-step", "a step of CLIP against PyTorch's, and its parts: [threads] [rounds] [wall|processor]", Run);

    private static void Run(string[] arguments)
    {
        var threads = arguments.ElementAtOrDefault(0) ?? "2";
        var rounds = int.Parse(arguments.ElementAtOrDefault(1) ?? "5", CultureInfo.InvariantCulture);
        var clock = new Clock(arguments.ElementAtOrDefault(2) ?? "wall");
        set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Milliseconds a step, median (least) of {rounds} rounds in turn, {threads} thread(s), {clock.Name} time"));
        Console.WriteLine();
        Console.WriteLine("| images | PyTorch | PyTorch, padded to 77 | float32 | bf16 autocast | float32 : PyTorch | bf16 : PyTorch |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        var parts = new[] { 32, 48 }.Select(size => Row(size, threads, rounds, clock)).ToList();
        Console.WriteLine();
        Console.WriteLine("| images | tokenizing and padding | image tower | text tower | loss | backward | optimizer |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        parts.ForEach(Console.WriteLine);
    }

    private static string Row(int size, string threads, int rounds, Clock clock)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var scenes = Scenes.Generate(BatchSize * Steps, 1, new SceneOptions { Size = size, CaptionsPerScene = 1 });
            var tokenizer = ClipTokenizer.Learn(scenes.Captioned.Texts, 1000);
            File.WriteAllLines(path, scenes.Captioned.Texts.Select(text => string.Join(' ', tokenizer.Encode(text).Ids)));
            var vocabulary = tokenizer.VocabularySize.ToString(CultureInfo.InvariantCulture);
            PythonPeer Peer(string pad) => new("clip_step.py", path, $"{size}", $"{(size < 48 ? 4 : 8)}", vocabulary, pad, $"{BatchSize}", $"{Steps}", threads, clock.Name);
            using var peer = Peer("longest");
            using var padded = Peer("77");
            manual_seed(1);
            using var own = new OwnClip(scenes, tokenizer, size, BatchSize, clock);
            // Where bfloat16 is emulated, a step takes many times as long.
            Func<double>[] sides = [peer.Round, padded.Round, () => own.Round(mixed: false), .. Precision.IsFast(CPU) ? [() => own.Round(mixed: true)] : Array.Empty<Func<double>>()];
            foreach (var side in sides)
                side(); // warm-up
            own.Forget();
            var times = sides.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                foreach (var (side, all) in sides.Zip(times))
                    all.Add(side());
            }

            var cells = string.Join(" | ", times.Select(all => string.Create(CultureInfo.InvariantCulture, $"{Median(all):F0} ({all.Min():F0})")));
            var mixed = times.Length < 4 ? null : string.Create(CultureInfo.InvariantCulture, $"{Median(times[0]) / Median(times[3]):F2}×");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {size}×{size} | {cells}{(mixed is null ? " | emulated here" : "")} | {Median(times[0]) / Median(times[2]):F2}× | {mixed ?? ""} |"));
            return string.Create(CultureInfo.InvariantCulture, $"| {size}×{size} | {string.Join(" | ", own.Parts.Select(part => Median(part).ToString("F1", CultureInfo.InvariantCulture)))} |");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Our side.</summary>
    private sealed class OwnClip : IDisposable
    {
        private readonly CaptionedImages _data;
        private readonly ClipModel _model;
        private readonly ClipLoss _loss;
        private readonly AdamW _optimizer;
        private readonly int _batchSize;
        private readonly Clock _clock;

        public OwnClip(SceneSet scenes, ClipTokenizer tokenizer, int size, int batchSize, Clock clock)
        {
            (_data, _batchSize, _clock) = (scenes.Captioned, batchSize, clock);
            _model = new ClipModel(ClipConfig.Small(tokenizer.VocabularySize, size), tokenizer);
            _loss = new ClipLoss(_model.Scale);
            _optimizer = new AdamW(_model, 1e-4);
        }

        /// <summary>The milliseconds of each part of a step in float32.</summary>
        public List<double>[] Parts { get; } = [.. Enumerable.Range(0, 6).Select(_ => new List<double>())];

        public void Forget() => Array.ForEach(Parts, part => part.Clear());

        /// <summary>Milliseconds a step.</summary>
        public double Round(bool mixed) => _clock.Time(() =>
        {
            for (var start = 0; start < _data.Count; start += _batchSize)
                Step(start, mixed);
        }) / (_data.Count / _batchSize);

        public void Dispose()
        {
            _optimizer.Dispose();
            _loss.Dispose();
            _model.Dispose();
        }

        private void Step(int start, bool mixed)
        {
            using var scope = NewDisposeScope();
            var pixels = _data.Batch(arange(start, start + _batchSize, int64));
            TokenBatch batch = null!;
            Tensor x = null!, y = null!, loss = null!;
            Timed(0, () => batch = _model.Tokenize([.. _data.Texts.Skip(start).Take(_batchSize)]));
            using (mixed ? Precision.BFloat16(CPU) : null)
            {
                Timed(1, () => x = _model.ImageFeatures(pixels));
                Timed(2, () => y = _model.TextFeatures(batch));
            }

            Timed(3, () => loss = _loss.Compute(x.to(float32), y.to(float32)));
            _optimizer.ZeroGradient();
            Timed(4, () => loss.backward());
            Timed(5, _optimizer.Step);
            loss.item<float>();

            void Timed(int part, Action work)
            {
                var time = _clock.Time(work);
                if (!mixed)
                    Parts[part].Add(time);
            }
        }
    }
}
