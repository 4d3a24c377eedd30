using System.Globalization;
using Contrastive.Display;

namespace Contrastive.Runs;

/// <summary>A run's metrics beside those that the repository keeps of other seeds.</summary>
/// <param name="run">The run.</param>
/// <param name="json">The text of the lesson's file of records; null if there is none.</param>
internal sealed class SeedFigures(LessonRun run, string? json)
{
    private (string? Data, SeedRecord? Record) _read;
    private string _told = "";

    public IReadOnlyList<double> Others(string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (Comparable() is not { } record)
            return [];
        var own = Own(metric);
        double[] others =
        [
            .. from seed in record.Seeds.OrderBy(seed => seed.Key)
               where (own is null || seed.Key != run.Seed) && seed.Value.ContainsKey(metric)
               select seed.Value[metric],
        ];
        if (own is null && !record.Seeds.Values.Any(metrics => metrics.ContainsKey(metric)))
            throw new ArgumentException(
                $"Neither this run nor data/seeds/{run.Name}.json has a metric '{metric}'. The file has {string.Join(", ", record.Seeds.Values.SelectMany(metrics => metrics.Keys).Distinct())}.");
        return others;
    }

    public double? Own(string metric) => run.MetricList.Where(known => known.Name == metric).Select(known => (double?)known.Value).FirstOrDefault();

    public string Spread(string metric, string format)
    {
        var others = Others(metric).Select(value => Text(value, format).TrimEnd('%', '‰', ' ')).ToArray();
        var bracket = others.Length == 0 ? "" : $"({string.Join(", ", others)})";
        return Own(metric) is { } own ? $"{Text(own, format)} {bracket}".TrimEnd()
            : bracket.Length > 0 ? bracket
            : "–";
    }

    /// <summary>The record of the run's tier and data, if it was made with the run's parameters; else the cell's output says once what
    /// differs.</summary>
    private SeedRecord? Comparable()
    {
        if (json is null || run.Data is not { } data)
            return null;
        if (_read.Data != data)
            _read = (data, SeedRecord.Find(json, run.Name, run.Tier, data));
        if (_read.Record is not { } record || record.Differences(run.ParameterList) is not { Count: > 0 } differences)
            return _read.Record;
        var note = $"Other seeds are left out: they were recorded with {string.Join(", ", differences)}.";
        if (_told != note)
            Display.Display.Show(note);
        _told = note;
        return null;
    }

    /// <summary>The number as formatted, but never <c>-0</c>.</summary>
    private static string Text(double value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text.TrimStart('-') : text;
    }
}
