namespace Contrastive.Display;

/// <summary>A loop's reported values as lines below its progress bar.</summary>
internal sealed class ProgressPlot(IDisplayHost host, string title)
{
    private readonly Dictionary<string, (List<double> Steps, List<double> Values)> _series = new(StringComparer.Ordinal);
    private DisplayHandle? _figure;

    public void Add(long step, ReadOnlySpan<(string Name, double Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (!_series.TryGetValue(name, out var series))
                _series[name] = series = ([], []);
            series.Steps.Add(step);
            series.Values.Add(value);
        }
    }

    public void Draw()
    {
        if (_series.Count == 0)
            return;
        var figure = Chart.Loss(title, [.. _series.Select(each => new Series(each.Key, each.Value.Values.ToArray()) { At = each.Value.Steps.ToArray() })]);
        if (_figure is null)
            _figure = new DisplayHandle(host, figure);
        else
            _figure.Update(figure);
    }
}
