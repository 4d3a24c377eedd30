using System.Globalization;
using Contrastive.Sampling;
using Contrastive.Torch;
using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// What a training run needs to resume as if it had never stopped: its step, its modules, its optimizer, its generators and any other
/// state. On a CPU with the same number of threads a resumed run reaches the same weights, bit for bit.
/// <code>
/// var checkpoint = new Checkpoint(path).With("network", network).With("optimizer", optimizer).With("batches", batches);
/// foreach (var (step, batch) in batches.Steps(checkpoint.Resume(), steps)) { …; checkpoint.Save(step + 1); }
/// </code>
/// </summary>
/// <remarks>The file is safetensors, replaced atomically, with a checksum over everything. The state of torch's default CPU generator
/// (dropout) is kept too; CUDA's default generator cannot be read and is reseeded from the CPU's at each save and resume.</remarks>
/// <param name="path">The file.</param>
public sealed class Checkpoint(string path)
{
    private const string Format = "contrastive.checkpoint.1";
    private readonly List<CheckpointPart> _parts = [];

    /// <summary>The file.</summary>
    public string Path { get; } = string.IsNullOrWhiteSpace(path)
        ? throw new ArgumentException("A checkpoint needs a file name.", nameof(path))
        : path;

    /// <summary>Keeps a module's parameters and buffers: an encoder, a momentum encoder, a queue, a learnable temperature.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="module">The module.</param>
    /// <returns>This checkpoint.</returns>
    /// <exception cref="ArgumentException">The name is taken already.</exception>
    public Checkpoint With(string name, nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Add(CheckpointPart.InPlace(name, () => module.state_dict()));
    }

    /// <summary>Keeps an optimizer's state. Its learning rate comes from the schedule and the step.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="optimizer">The optimizer.</param>
    public Checkpoint With(string name, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return Add(CheckpointPart.InPlace(name, optimizer.State));
    }

    /// <summary>Keeps a generator's state.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="generator">The generator.</param>
    public Checkpoint With(string name, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        return Add(CheckpointPart.OfOne(name, "state", generator.get_state, generator.set_state));
    }

    /// <summary>Keeps the state of all streams.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="seeds">The streams.</param>
    public Checkpoint With(string name, Seeds seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        return Add(new CheckpointPart(name, seeds.State, seeds.LoadState, Living: null));
    }

    /// <summary>Keeps a sampler's position, even mid-epoch: after resuming, its <c>NextEpoch</c> yields the remaining batches.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <typeparam name="TBatch">The type of the sampler's batches.</typeparam>
    /// <param name="name">Its name in the file.</param>
    /// <param name="sampler">The sampler.</param>
    public Checkpoint With<TBatch>(string name, BatchSampler<TBatch> sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return Add(CheckpointPart.OfSampler(name, sampler.BatchesPerEpoch, () => sampler.State, state => sampler.State = state));
    }

    /// <summary>Keeps the numbers noted on the way.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="curves">The numbers.</param>
    public Checkpoint With(string name, Curves curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        return Add(new CheckpointPart(name, curves.State, curves.Load, Living: null));
    }

    /// <summary>Keeps one integer, such as a count of draws.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="get">Returns the number.</param>
    /// <param name="set">Sets it at <see cref="Resume"/>.</param>
    public Checkpoint With(string name, Func<long> get, Action<long> set)
    {
        ArgumentNullException.ThrowIfNull(get);
        ArgumentNullException.ThrowIfNull(set);
        return Add(CheckpointPart.OfOne(name, "value", () => tensor(get()), value => set(value.item<long>())));
    }

    /// <summary>Keeps anything that can be expressed as tensors.</summary>
    /// <inheritdoc cref="With(string, nn.Module)"/>
    /// <param name="name">Its name in the file.</param>
    /// <param name="save">Returns the tensors by name.</param>
    /// <param name="load">Restores them at <see cref="Resume"/>.</param>
    public Checkpoint With(string name, Func<IReadOnlyDictionary<string, Tensor>> save, Action<IReadOnlyDictionary<string, Tensor>> load)
    {
        ArgumentNullException.ThrowIfNull(save);
        ArgumentNullException.ThrowIfNull(load);
        return Add(new CheckpointPart(name, save, load, Living: null));
    }

    /// <summary>Writes the file atomically.</summary>
    /// <param name="nextStep">The step to resume at, that is, the number of steps done.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public void Save(int nextStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nextStep);
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor> { ["random/default"] = DefaultRandomness.Save() };
        foreach (var part in _parts)
        {
            foreach (var (name, tensor) in part.Save())
                tensors.Add($"{part.Name}/{name}", tensor);
        }

        var step = nextStep.ToString(CultureInfo.InvariantCulture);
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder)
            Directory.CreateDirectory(folder);
        SafeTensors.Write(Path, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["step"] = step,
            ["sha256"] = TensorSum.Of(step, tensors),
        });
    }

    /// <summary>Restores everything from the file. Nothing is changed unless all of it fits.</summary>
    /// <returns>The step to resume at; 0 if there is no file yet.</returns>
    /// <exception cref="InvalidDataException">The file is truncated, damaged, not a checkpoint, or from a run
    /// with other parts or shapes.</exception>
    public int Resume()
    {
        if (!File.Exists(Path))
            return 0;
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(Path);
        if (!file.Metadata.TryGetValue("format", out var format) || format != Format
            || !file.Metadata.TryGetValue("step", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            throw new InvalidDataException($"'{Path}' is a weight file but not a checkpoint of this version ('{Format}').");
        }

        var tensors = file.ReadAll();
        if (!file.Metadata.TryGetValue("sha256", out var sum) || sum != TensorSum.Of(text, tensors))
            throw new InvalidDataException($"'{Path}' is damaged: its checksum does not fit. Delete it to start anew, or take an older copy.");
        Load(tensors);
        return step;
    }

    private void Load(IReadOnlyDictionary<string, Tensor> tensors)
    {
        var states = tensors
            .GroupBy(entry => entry.Key[..entry.Key.IndexOf('/', StringComparison.Ordinal)])
            .ToDictionary(group => group.Key, group => group.ToDictionary(entry => entry.Key[(group.Key.Length + 1)..], entry => entry.Value));
        var surplus = states.Keys.FirstOrDefault(name => name != "random" && _parts.TrueForAll(part => part.Name != name));
        if (surplus is not null)
            throw new InvalidDataException($"'{Path}' has a part '{surplus}', which this training lacks: it was written by another training.");
        try
        {
            foreach (var part in _parts)
                part.Check(states.GetValueOrDefault(part.Name) ?? []);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{Path}' does not fit this training: {error.Message}", error);
        }

        foreach (var part in _parts)
            part.Load(states.GetValueOrDefault(part.Name) ?? []);
        DefaultRandomness.Load(tensors["random/default"]);
    }

    private Checkpoint Add(CheckpointPart part)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(part.Name);
        if (part.Name == "random" || part.Name.Contains('/', StringComparison.Ordinal) || _parts.Exists(other => other.Name == part.Name))
            throw new ArgumentException($"A part cannot be called '{part.Name}': the name is taken, or contains a slash.", nameof(part));
        _parts.Add(part);
        return this;
    }
}
