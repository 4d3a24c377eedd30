using Contrastive.Display;
using Contrastive.Tests.Runs;
using Xunit;

namespace Contrastive.Tests.Display;

[Collection(ProcessState.Name)]
public sealed class ProgressTests
{
    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;
    }

    /// <summary>Keeps the text of what is shown.</summary>
    private sealed class Recorder(bool updates) : IDisplayHost
    {
        public List<string> Texts { get; } = [];

        public bool Updates => updates;

        public Action<IDisplayable> Show(string displayId, IDisplayable value)
        {
            void Keep(IDisplayable newer) => Texts.Add(newer.As("text/plain")!);
            Keep(value);
            return Keep;
        }
    }

    private static (Recorder, Progress) Run(bool updates, int steps, int millisecondsPerStep, bool plot = false)
    {
        var clock = new Clock();
        var recorder = new Recorder(updates);
        var progress = new Progress(steps, "training", plot, recorder, clock);
        for (var step = 1; step <= steps; step++)
        {
            clock.Now += millisecondsPerStep;
            progress.Report(step, ("loss", 5.0 - (4.0 * step / steps)));
        }

        return (recorder, progress);
    }

    [Fact]
    public void Says_rate_time_left_and_values()
    {
        var clock = new Clock();
        var recorder = new Recorder(updates: true);
        var progress = new Progress(1000, "training", false, recorder, clock);
        Assert.Equal("training: 0/1,000 (0 %)", progress.ToString());
        clock.Now = 5000;
        progress.Report(1, ("loss", 4.8512345));
        Assert.Equal("training: 1/1,000 (0 %) · loss 4.851", progress.ToString());
        clock.Now = 7000;
        progress.Report(101, ("loss", 4.25), ("rate", 1e-5));
        Assert.Equal("training: 101/1,000 (10 %) · 50.0 steps/s · 18 s left · loss 4.25 · rate 1e-5", progress.ToString());
        clock.Now = 125_000;
        progress.Report(1000);
        Assert.Equal("training: 1,000/1,000 (100 %) · 8.33 steps/s · 2 min 05 s in all", progress.ToString());
    }

    [Fact]
    public void Updates_five_times_a_second_and_at_the_end()
    {
        var (recorder, _) = Run(updates: true, steps: 1001, millisecondsPerStep: 10);
        Assert.InRange(recorder.Texts.Count, 45, 53);
        Assert.StartsWith("training: 1,001/1,001 (100 %)", recorder.Texts[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(1000)]
    [InlineData(100_003)]
    public void Writes_at_most_twenty_lines_where_nothing_updates(int steps)
    {
        var (recorder, _) = Run(updates: false, steps, millisecondsPerStep: 1000);
        Assert.InRange(recorder.Texts.Count, Math.Min(steps, 15), 20);
        Assert.Contains("100 %", recorder.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_the_values_below_every_two_seconds()
    {
        var (recorder, _) = Run(updates: true, steps: 1000, millisecondsPerStep: 10, plot: true);
        var figures = recorder.Texts.Where(text => text.StartsWith("Figure", StringComparison.Ordinal)).ToArray();
        Assert.InRange(figures.Length, 4, 6);
        Assert.Equal("Figure: training\n  loss: 4.996 → 1 in 1000 points, lowest 1, highest 4.996", figures[^1]);
    }

    [Fact]
    public void Draws_once_at_the_end_where_nothing_updates()
    {
        var (recorder, _) = Run(updates: false, steps: 1000, millisecondsPerStep: 10, plot: true);
        Assert.Single(recorder.Texts, text => text.StartsWith("Figure", StringComparison.Ordinal));
    }

    [Fact]
    public void Escapes_its_title()
    {
        using var sink = new Sink();
        Contrastive.Display.Display.Progress(10, "<i>x</i>").Report(10);
        Assert.All(sink.Shown, shown => Assert.DoesNotContain("<i>", shown.Content["text/html"], StringComparison.Ordinal));
        Assert.Contains("&lt;i&gt;x", sink.Shown[^1].Content["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_steps_outside_its_total()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Progress(0, "x", false, new Recorder(true), new Clock()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Progress(5, "x", false, new Recorder(true), new Clock()).Report(6));
    }
}
