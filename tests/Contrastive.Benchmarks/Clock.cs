using System.Diagnostics;

namespace Contrastive.Benchmarks;

/// <summary>Measures milliseconds.</summary>
/// <param name="name">wall, or processor: the time of all threads of this process.</param>
internal sealed class Clock(string name)
{
    private readonly Func<double> _now = name switch
    {
        "wall" => () => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency,
        "processor" => () => Environment.CpuUsage.TotalTime.TotalMilliseconds,
        _ => throw new ArgumentException($"The clock is wall or processor, not '{name}'.", nameof(name)),
    };

    public string Name => name;

    /// <summary>How long work takes.</summary>
    public double Time(Action work)
    {
        var begin = _now();
        work();
        return _now() - begin;
    }
}
