using Contrastive.Torch;

namespace Contrastive.Display;

/// <summary>
/// A loop's progress, with rate and time left. A display that can change in place does so about five times a second;
/// elsewhere it becomes at most twenty plain lines. With a plot, the reported values are drawn below, every two seconds.
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class Progress : IDisplayable
{
    private const int MostLines = 18;
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan PlotInterval = TimeSpan.FromSeconds(2);

    private readonly long _total;
    private readonly string _title;
    private readonly TimeProvider _time;
    private readonly DisplayHandle _bar;
    private readonly ProgressPlot? _plot;
    private readonly long _start;
    private ProgressState _state;
    private TimeSpan _shown;
    private TimeSpan _plotted;
    private long _lines;
    private (long Step, TimeSpan Time)? _first;

    internal Progress(long total, string title, bool plot, IDisplayHost host, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(title);
        Require.AtLeast(total, 1);
        (_total, _title, _time, _start) = (total, title, time, time.GetTimestamp());
        _state = new ProgressState(title, 0, total, TimeSpan.Zero, null, []);
        _bar = new DisplayHandle(host, _state);
        _plot = plot ? new ProgressPlot(host, title) : null;
    }

    /// <summary>Reports how far the loop is. Cheap: call it in each step.</summary>
    /// <param name="step">The number of steps done, from 1 to the total. A loop that resumes starts higher.</param>
    /// <param name="values">Values to show alongside: <c>("loss", value)</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is outside 0 … total.</exception>
    public void Report(long step, params ReadOnlySpan<(string Name, double Value)> values)
    {
        Require.Between(step, 0, _total);
        var elapsed = _time.GetElapsedTime(_start);
        _plot?.Add(step, values);
        _first ??= (step, elapsed);
        var done = step == _total;
        if (!done && !(_bar.Updates ? elapsed - _shown >= UpdateInterval : step * MostLines / _total > _lines))
            return;
        _state = new ProgressState(_title, step, _total, elapsed, Rate(step, elapsed), [.. values]);
        _bar.Update(_state);
        (_shown, _lines) = (elapsed, step * MostLines / _total);
        if (_plot is not null && (done || (_bar.Updates && elapsed - _plotted >= PlotInterval)))
        {
            _plot.Draw();
            _plotted = _time.GetElapsedTime(_start);
        }
    }

    /// <summary>The progress in one line.</summary>
    public override string ToString() => _state.ToString();

    /// <summary>Nothing: it has shown itself already.</summary>
    string? IDisplayable.As(string mimeType) => mimeType == MimeType.Png ? null : "";

    /// <summary>Steps per second since the first report, which absorbs the first step's one-time costs.</summary>
    private double? Rate(long step, TimeSpan elapsed) =>
        _first is { } first && step > first.Step && elapsed > first.Time ? (step - first.Step) / (elapsed - first.Time).TotalSeconds
        : step > 0 && elapsed > TimeSpan.Zero && step == _total ? step / elapsed.TotalSeconds
        : null;
}
