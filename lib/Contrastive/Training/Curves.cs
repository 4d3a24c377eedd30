using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>The numbers that a training notes on its way, such as its loss, each with its step. <c>Checkpoint.With</c> keeps them, so that the
/// curves of a resumed run are whole; and a CSV file with the columns step, name and value has them while the training runs.
/// <code>
/// var curves = new Curves(run.CurvesPath("SimCLR"));
/// curves.Add(step, ("loss", loss.item&lt;float&gt;()), ("alignment", Alignment.Of(z1, z2)));
/// </code>
/// </summary>
public sealed class Curves
{
    private readonly Dictionary<string, (List<double> Steps, List<double> Values)> _curves = [];
    private readonly string? _path;
    private bool _isWritten;

    /// <summary>Begins without any number.</summary>
    /// <param name="path">The CSV file, anew; null for none. <value>The default is null.</value></param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public Curves(string? path = null)
    {
        if (path is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = path;
    }

    /// <summary>The names, in the order in which they first came.</summary>
    public IReadOnlyCollection<string> Names => _curves.Keys;

    /// <summary>A number's course.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">It was never noted.</exception>
    public Curve this[string name] => _curves.TryGetValue(name, out var curve)
        ? new Curve(curve.Steps, curve.Values)
        : throw new KeyNotFoundException($"'{name}' was never noted; there {(Names.Count == 1 ? "is" : "are")} {(Names.Count == 0 ? "no curves" : string.Join(", ", Names))}.");

    /// <summary>Notes numbers of one step.</summary>
    /// <param name="step">The step, from 0, not before the last one of these numbers.</param>
    /// <param name="values">Numbers by name; NaN and infinity are kept as they are, for a training that breaks is to be seen.</param>
    /// <exception cref="ArgumentException">A name is empty or has a comma, a quotation mark or a line end, or its step lies before its last
    /// one; nothing is then noted.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(int step, params (string Name, double Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, _) in values)
            Check(name, step);
        foreach (var (name, value) in values)
            Append(name, step, value);
        Write(values.Select(value => Line(value.Name, step, value.Value)));
    }

    internal Dictionary<string, Tensor> State() => _curves.ToDictionary(
        curve => curve.Key,
        curve => stack([tensor(curve.Value.Steps.ToArray()), tensor(curve.Value.Values.ToArray())], dim: 1)); // [count, 2]

    internal void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        _curves.Clear();
        foreach (var (name, tensor) in state)
            _curves[name] = ([.. tensor.select(1, 0).data<double>().ToArray()], [.. tensor.select(1, 1).data<double>().ToArray()]);
        _isWritten = false;
        Write([]);
    }

    private void Check(string name, int step)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().IndexOfAny(",\"\r\n") >= 0)
            throw new ArgumentException($"A curve is called '{name}'; expected a name without commas, quotation marks and line ends.", nameof(name));
        if (_curves.TryGetValue(name, out var curve) && step < curve.Steps[^1])
            throw new ArgumentException($"'{name}' is noted for step {step} after step {curve.Steps[^1]}; a training that starts anew needs new curves.", nameof(step));
    }

    private void Append(string name, double step, double value)
    {
        if (!_curves.TryGetValue(name, out var curve))
            _curves[name] = curve = ([], []);
        curve.Steps.Add(step);
        curve.Values.Add(value);
    }

    /// <summary>Appends the lines to the file; the first time the file is made anew from all there is.</summary>
    private void Write(IEnumerable<string> lines)
    {
        if (_path is null)
            return;
        if (_isWritten)
        {
            File.AppendAllText(_path, string.Concat(lines.Select(line => line + "\n")));
            return;
        }

        var noted = _curves.SelectMany(curve => curve.Value.Steps.Zip(curve.Value.Values, (step, value) => (Step: step, curve.Key, Value: value)));
        WholeFile.WriteLines(_path, noted.OrderBy(point => point.Step).Select(point => Line(point.Key, point.Step, point.Value)).Prepend("step,name,value"));
        _isWritten = true;
    }

    private static string Line(string name, double step, double value) => string.Create(CultureInfo.InvariantCulture, $"{step},{name},{value:R}");
}
