using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// A module's weights at its best development score so far: text encoders are evaluated every few steps and the best checkpoint is kept,
/// not the last (SimCSE, section 5: every 125 steps on STS-B's development set).
/// </summary>
/// <remarks>The copy is on the module's device. In a checkpoint: <c>checkpoint.With("best", best.State, best.LoadState)</c>.</remarks>
public sealed class BestWeights : IDisposable
{
    private const string ScoreName = "score";
    private readonly nn.Module _module;
    private readonly Dictionary<string, Tensor> _kept;
    private readonly Tensor _score = tensor(double.NaN, float64).DetachFromDisposeScope();

    /// <summary>Keeps the module's current weights, without a score: any score is better.</summary>
    /// <param name="module">The module being trained.</param>
    public BestWeights(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _module = module;
        using var noGradient = no_grad();
        _kept = module.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>The best score so far; NaN before the first.</summary>
    public double Score => _score.item<double>();

    /// <summary>Keeps the current weights if the score is the best so far.</summary>
    /// <param name="score">Higher is better.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="ArgumentException">The score is not finite: the encoder has collapsed, or diverged.</exception>
    public bool Offer(double score)
    {
        if (!double.IsFinite(score))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The score is {score}; a collapsed or diverged module has no best weights. Lower the learning rate."), nameof(score));
        if (score <= Score)
            return false;
        Copy(_module.state_dict(), _kept);
        _score.fill_(score);
        return true;
    }

    /// <summary>Puts the kept weights back into the module.</summary>
    public void Restore() => Copy(_kept, _module.state_dict());

    /// <summary>The kept weights and their score, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> State() => _kept.Select(entry => KeyValuePair.Create($"weights.{entry.Key}", entry.Value)).Append(new(ScoreName, _score)).ToDictionary();

    /// <summary>Restores what <see cref="State"/> returned.</summary>
    /// <param name="state">The kept weights and their score.</param>
    /// <exception cref="ArgumentException">The state is another module's.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => StateTensors.Copy(State(), state, nameof(BestWeights));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _kept.Values)
            tensor.Dispose();
        _score.Dispose();
    }

    private static void Copy(Dictionary<string, Tensor> from, Dictionary<string, Tensor> to)
    {
        using var noGradient = no_grad();
        foreach (var (name, tensor) in to)
            tensor.copy_(from[name]);
    }
}
