using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// All randomness of a training run from one number: it seeds torch's default generator (initialization, dropout), and provides named
/// streams for everything else. A stream depends only on the root and its name, so a new one does not disturb the others.
/// </summary>
public sealed class Seeds : IDisposable
{
    private readonly Dictionary<string, Generator> _generators = [];

    /// <summary>Takes a root and seeds torch's default generators, on all devices, with it.</summary>
    /// <param name="root">Any number.</param>
    public Seeds(long root)
    {
        Root = root;
        manual_seed(root);
    }

    /// <summary>The number from which all seeds derive.</summary>
    public long Root { get; }

    /// <summary>The seed of a stream, for code that takes a number: the first 8 bytes of SHA-256 of root and name, not negative.</summary>
    /// <param name="name">What the stream is for, such as <c>batches</c>.</param>
    public long Seed(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Root}/{name}")), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }

    /// <summary>The stream itself. The same name and device return the same generator, in its current state.</summary>
    /// <param name="name">What the stream is for, such as <c>views</c>.</param>
    /// <param name="device">The device that generates its numbers. <value>The default is the CPU.</value></param>
    public Generator Generator(string name, Device? device = null)
    {
        device ??= CPU;
        var key = $"{name}@{device}";
        if (!_generators.TryGetValue(key, out var generator))
            _generators[key] = generator = new Generator((ulong)Seed(name), device);
        return generator;
    }

    /// <summary>The state of each stream, by name and device.</summary>
    public IReadOnlyDictionary<string, Tensor> State() => _generators.ToDictionary(entry => entry.Key, entry => entry.Value.get_state());

    /// <summary>Restores the streams to a saved state. Streams that are not in it restart from their seeds.</summary>
    /// <param name="state">What <see cref="State"/> returned.</param>
    /// <exception cref="ArgumentException">A name is not that of a stream.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var (key, generator) in _generators)
        {
            if (!state.ContainsKey(key))
                generator.manual_seed(Seed(key[..key.LastIndexOf('@')]));
        }

        foreach (var (key, tensor) in state)
        {
            var at = key.LastIndexOf('@');
            if (at < 1)
                throw new ArgumentException($"'{key}' is not the name of a stream and its device.", nameof(state));
            Generator(key[..at], torch.device(key[(at + 1)..])).set_state(tensor);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var generator in _generators.Values)
            generator.Dispose();
    }
}
