using System.Diagnostics;
using Contrastive.Display;
using Contrastive.Torch;
using TorchSharp;

namespace Contrastive.Runs;

/// <summary>
/// One run of a lesson: its tier, seed, device and folder, its hyperparameters, and its measurements, kept in
/// <c>metrics.json</c> in the run's folder.
/// </summary>
public sealed class LessonRun
{
    private const string SetSource = "--set";
    private readonly RunEnvironment _environment;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<LessonParameter> _parameters = [];
    private readonly List<LessonParameter> _switches = [];
    private readonly List<(string Name, double Value)> _metrics = [];
    private List<PaperRow> _comparisons = [];
    private readonly SeedFigures _figures;
    private string? _data;

    internal LessonRun(string name, RunEnvironment environment, string folder, long seed, string? records = null)
    {
        _figures = new SeedFigures(this, records);
        Name = name;
        _environment = environment;
        _data = environment.DataName;
        Folder = folder;
        Seed = seed;
        Device = Hardware.Choose();
        DeviceName = Hardware.Name(Device);
    }

    /// <summary>The lesson's name.</summary>
    public string Name { get; }

    /// <summary>The size of the run. <value>The default is <see cref="Tier.Laptop"/>.</value></summary>
    public Tier Tier => _environment.Tier;

    /// <summary>The seed of everything random in the run; torch was seeded with it at the start.</summary>
    public long Seed { get; }

    /// <summary>The device to compute on: CUDA if available, else the CPU.</summary>
    public torch.Device Device { get; }

    /// <summary>The model name of that device.</summary>
    public string DeviceName { get; }

    /// <summary>The data set that the run was told to use (<c>--data</c>) or that <see cref="DataName"/> chose; null before that.</summary>
    public string? Data => _data;

    /// <summary>Where the run keeps its files: the run folder, or a folder of this lesson and tier in the user's cache.</summary>
    public string Folder { get; }

    /// <summary>The time since the run started.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    internal DateTime Started { get; } = DateTime.UtcNow;

    internal IReadOnlyList<LessonParameter> ParameterList => _parameters;

    internal IReadOnlyList<LessonParameter> SwitchList => _switches;

    internal IEnumerable<LessonParameter> OverrideList => _parameters.Where(parameter => parameter.Source == SetSource && !Equals(parameter.Value, parameter.Default));

    internal IReadOnlyList<(string Name, double Value)> MetricList => _metrics;

    internal IReadOnlyList<PaperRow> Comparisons => _comparisons;

    /// <summary>
    /// The run's hyperparameters as a table, for the last line of the parameters cell, once all have been declared.
    /// </summary>
    /// <exception cref="ArgumentException"><c>--set</c> named a parameter that the lesson does not have;
    /// the message lists those it has.</exception>
    public Table Parameters
    {
        get
        {
            RefuseUnknownOverrides();
            return RunTables.Parameters(this);
        }
    }

    /// <summary>What the run has recorded so far, as a table.</summary>
    public Table Metrics => RunTables.Metrics(_metrics);

    /// <summary>Declares a hyperparameter with a value for each tier. Declaring it again, as rerunning a cell does, replaces it.</summary>
    /// <param name="name">Its name, as <c>--set</c> takes it.</param>
    /// <param name="smoke">The value for tests.</param>
    /// <param name="laptop">The value for two cores and two minutes.</param>
    /// <param name="paper">The paper's value.</param>
    /// <returns>The <c>--set</c> override, or the tier's value.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the override is not a <typeparamref name="T"/>.</exception>
    public T Parameter<T>(string name, T smoke, T laptop, T paper) =>
        Declare(_parameters, name, Tier switch { Tier.Smoke => smoke, Tier.Paper => paper, _ => laptop }, Tier.ToString().ToLowerInvariant());

    /// <summary>Declares a hyperparameter with one value for all tiers.</summary>
    /// <param name="name">Its name, as <c>--set</c> takes it.</param>
    /// <param name="value">The value.</param>
    /// <returns>The <c>--set</c> override, or the value.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the override is not a <typeparamref name="T"/>.</exception>
    public T Parameter<T>(string name, T value) => Declare(_parameters, name, value, "all tiers");

    /// <summary>Declares a switch: something that a run does or leaves out, such as going on from its checkpoints, and that changes none of
    /// its figures. <c>--set</c> takes it like a hyperparameter, but runs that differ in a switch alone are comparable.</summary>
    /// <param name="name">Its name, as <c>--set</c> takes it.</param>
    /// <param name="value">The value without an override.</param>
    /// <returns>The <c>--set</c> override, or the value.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the override is not a <typeparamref name="T"/>.</exception>
    public T Switch<T>(string name, T value) => Declare(_switches, name, value, "a switch");

    /// <summary>Lowers a hyperparameter for which the data is too small, says so in the cell's output, and records the lower
    /// value.</summary>
    /// <param name="name">A whole number that was declared before.</param>
    /// <param name="most">The largest value possible with this data.</param>
    /// <param name="reason">Why: a clause, such as <c>there are 16 pictures</c>.</param>
    /// <param name="multipleOf">What the value must be a multiple of, such as the parts of a batch. <value>The default is 1: any
    /// number.</value></param>
    /// <param name="atLeast">The smallest value with which the lesson can run. <value>The default is 1.</value></param>
    /// <returns>The hyperparameter's value if it is possible, else the largest possible value below it.</returns>
    /// <exception cref="ArgumentException">There is no such hyperparameter, <c>--set</c> asks for what is not possible, or the data is too
    /// small for <paramref name="atLeast"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="multipleOf"/> is below one.</exception>
    public int AtMost(string name, int most, string reason, int multipleOf = 1, int atLeast = 1)
    {
        Require.AtLeast(multipleOf, 1);
        var place = _parameters.FindIndex(known => known.Name == name);
        if (place < 0 || _parameters[place].Value is not int value)
            throw new ArgumentException($"'{name}' is no whole number that {Name} has declared; call Parameter first.");
        var largest = Math.Max(most, 0) / multipleOf * multipleOf;
        var possible = Math.Min(value, largest) / multipleOf * multipleOf;
        if (largest < atLeast)
            throw new ArgumentException($"{name} is {value}, but {reason}: the data is too small, at least {atLeast} {(atLeast == 1 ? "is" : "are")} needed.");
        if (value == possible && value >= atLeast)
            return value;
        if (possible < atLeast || _parameters[place].Source == SetSource)
            throw new ArgumentException($"{name} is {value}, but {reason}: set it to {Range(largest, multipleOf, atLeast)}.");
        _parameters[place] = _parameters[place] with { Value = possible, Source = "the data" };
        Save();
        Display.Display.Show($"{name} is {possible} instead of {value}: {reason}.");
        return possible;
    }

    /// <summary>The data set to use: the one given by <c>--data</c>, or the lesson's own.</summary>
    /// <param name="standard">The lesson's own, such as <c>shapes</c>.</param>
    public string DataName(string standard)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(standard);
        _data = _environment.DataName ?? standard;
        Save();
        return _data;
    }

    /// <summary>Records a metric of this run. A metric of the same name is replaced.</summary>
    /// <param name="metric">Its name, from general to specific: <c>knn.trained</c>.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">The name is empty or the value is not finite.</exception>
    public void Record(string metric, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (!double.IsFinite(value))
            throw new ArgumentException($"The metric '{metric}' is {value}; only finite numbers are recorded. Look at what produced it.", nameof(value));
        var place = _metrics.FindIndex(known => known.Name == metric);
        if (place >= 0)
            _metrics[place] = (metric, value);
        else
            _metrics.Add((metric, value));
        Save();
    }

    /// <summary>A row of a dot plot: this run's number beside the other seeds'.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="metric">A metric that the run has recorded, or leaves to other seeds: the value is then null.</param>
    /// <exception cref="ArgumentException">The metric's name is empty, or neither the run nor the other seeds have it.</exception>
    public Dot Seen(string name, string metric)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Dot(name, _figures.Own(metric), _figures.Others(metric));
    }

    /// <summary>What other seeds of the lesson measured, in the order of the seeds: from the repository's <c>data/seeds</c>; of a metric that
    /// this run has not recorded, its own seed's figure too. Empty if there is none of this tier and data; or if they were recorded with other
    /// parameters, which the cell's output then says once.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <exception cref="ArgumentException">The name is empty, or neither the run nor the other seeds have it.</exception>
    public IReadOnlyList<double> OtherSeeds(string metric) => _figures.Others(metric);

    /// <summary>This run's number for a table, then the other seeds' in brackets: <c>79.5 % (78.1, 80.2)</c>. A dash if there are none.</summary>
    /// <param name="metric">A metric that the run has recorded, or leaves to other seeds.</param>
    /// <param name="format">The numbers' format. <value>The default is P1, percent with one decimal.</value></param>
    /// <exception cref="ArgumentException">The name is empty, or neither the run nor the other seeds have it.</exception>
    public string Spread(string metric, string format = "P1") => _figures.Spread(metric, format);

    /// <summary>The paper's numbers beside this run's, also kept in <c>metrics.json</c>. A paper's number is given only where it can be
    /// compared: at <see cref="Tier.Paper"/>, on the paper's data.</summary>
    /// <param name="paperData">The data that the paper's numbers are of, as <c>--data</c> names it: <c>cifar10</c>.</param>
    /// <param name="rows">One number per row.</param>
    /// <exception cref="ArgumentException">The data has no name, or one of our numbers is not finite.</exception>
    public Table PaperVersusOurs(string paperData, params IEnumerable<PaperRow> rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(paperData);
        List<PaperRow> kept = [.. rows];
        if (kept.Find(row => !double.IsFinite(row.Ours)) is { } bad)
            throw new ArgumentException($"Our figure for '{bad.What}' is {bad.Ours}; only finite numbers are compared.", nameof(rows));
        var isComparable = Tier == Tier.Paper && Data == paperData;
        var withheld = !isComparable && kept.Exists(row => row.Paper is not null);
        _comparisons = isComparable ? kept : [.. kept.Select(row => row with { Paper = null })];
        Save();
        return RunTables.PaperVersusOurs(
            _comparisons, withheld ? $"The paper's figures are of {paperData} at the paper tier; this run, of {Data ?? "other data"} at {Tier.ToString().ToLowerInvariant()}, does not compare." : null);
    }

    /// <summary>The path of a checkpoint in the run's folder; the folder is created.</summary>
    /// <param name="name">The checkpoint's file name, such as <c>encoder.ckpt</c>.</param>
    /// <exception cref="ArgumentException">The name is empty or contains a folder.</exception>
    public string CheckpointPath(string name) => PathIn("checkpoints", name, "encoder.ckpt");

    /// <summary>The path of a training's curves in the run's folder, which <see cref="Results"/> reads; the folder is created.</summary>
    /// <param name="training">The training's name, such as <c>SimCLR</c>: the file's without its ending.</param>
    /// <exception cref="ArgumentException">The name is empty or contains a folder.</exception>
    public string CurvesPath(string training) => PathIn(RunFolder.Curves, training, "SimCLR") + ".csv";

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Tier.ToString().ToLowerInvariant()} tier, seed {Seed}, {Device} ({DeviceName})";

    internal void Save() => RunRecord.Write(Path.Combine(Folder, RunFolder.Record), this);

    private T Declare<T>(List<LessonParameter> list, string name, T value, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var chosen = value;
        if (_environment.Overrides.TryGetValue(name, out var given))
            (chosen, source) = (ParameterValue.Parse<T>(name, given), SetSource);
        var parameter = new LessonParameter(name, chosen, value, source);
        var place = list.FindIndex(known => known.Name == name);
        if (place >= 0)
            list[place] = parameter;
        else
            list.Add(parameter);
        Save();
        return chosen;
    }

    private string PathIn(string folder, string name, string example)
    {
        if (string.IsNullOrWhiteSpace(name) || Path.GetFileName(name) != name || name is "." or "..")
            throw new ArgumentException($"The name is '{name}'; use a plain file name, such as {example}.", nameof(name));
        return Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, folder)).FullName, name);
    }

    private static string Range(int largest, int multipleOf, int atLeast) =>
        $"{(multipleOf > 1 ? $"a multiple of {multipleOf}, " : "")}{largest} or less{(atLeast > 1 ? $", at least {atLeast}" : "")}";

    private void RefuseUnknownOverrides()
    {
        var known = _parameters.Concat(_switches).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = _environment.Overrides.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw new ArgumentException(
                $"--set names {string.Join(", ", unknown.Select(name => $"'{name}'"))}, which {Name} does not have; "
                + $"its parameters are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
    }
}
