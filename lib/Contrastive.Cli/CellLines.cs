using System.Diagnostics;
using Contrastive.Kernel.Running;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>
/// A line for each cell with its time. On a terminal the running cell has a live line with its progress; where the
/// output is redirected, progress is printed every ten seconds.
/// </summary>
internal sealed class CellLines : IRunListener, IDisposable
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100);

    private readonly bool _isLive = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();

    public void CellStarted(CellRun cell)
    {
        _sinceProgress.Restart();
        Live($"  {Number(cell)}  …       {cell.Title}");
    }

    public void Progress(CellRun cell, string text)
    {
        if (_sinceProgress.Elapsed < (_isLive ? LiveInterval : PlainInterval))
        {
            return;
        }

        _sinceProgress.Restart();
        var line = text.Split('\n').LastOrDefault(part => !string.IsNullOrWhiteSpace(part)) ?? "";
        if (_isLive)
        {
            Live($"  {Number(cell)}  …       {cell.Title}: {line}");
        }
        else
        {
            Console.WriteLine($"          {line}");
        }
    }

    public void CellEnded(CellRun cell)
    {
        Erase();
        var (color, mark) = cell.Outcome == RunOutcome.Succeeded ? ("green", "✓") : ("red", "✗");
        var outcome = cell.Outcome switch
        {
            RunOutcome.Succeeded => "",
            RunOutcome.TimedOut => " (time limit)",
            RunOutcome.Crashed => " (process ended)",
            var other => $" ({other.ToString()!.ToLowerInvariant()})",
        };
        var line = $"{Number(cell)} [{color}]{mark}[/] {Durations.Write(cell.Duration),9}  {Markup.Escape(cell.Title + outcome)}";
        if (_isLive)
        {
            AnsiConsole.MarkupLine("  " + line);
        }
        else
        {
            Console.WriteLine("  " + Markup.Remove(line));
        }
    }

    public void Note(string text)
    {
        Erase();
        Console.WriteLine(text);
    }

    public void Dispose() => Erase();

    private static string Number(CellRun cell) => $"{cell.Number,2}/{cell.Count}";

    /// <summary>Overwrites the terminal's current line.</summary>
    private void Live(string text)
    {
        if (_isLive)
        {
            var width = Math.Max(20, AnsiConsole.Profile.Width - 1);
            Console.Write("\r\e[K" + (text.Length > width ? text[..(width - 1)] + "…" : text));
        }
    }

    private void Erase()
    {
        if (_isLive)
        {
            Console.Write("\r\e[K");
        }
    }
}
