using Contrastive.Torch;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// An encoder whose parameters slowly follow another's (He et al. 2020, "Momentum Contrast", equation 2):
/// <code>θ_k ← m θ_k + (1 − m) θ_q</code>
/// It gets no gradients. All parameters are updated in one native pass.
/// </summary>
/// <remarks>Its state, also in checkpoints, is the follower's, under the prefix <c>encoder.</c>.</remarks>
public sealed class MomentumEncoder : Module<Tensor, Tensor>
{
    private static readonly NativeLoops Loops = new("""
        def lerp(keys: List[Tensor], queries: List[Tensor], weight: float) -> int:
            torch._foreach_lerp_(keys, queries, weight)
            return 0
        """);

    // In an array, so that TorchSharp does not register the source as a submodule.
    private readonly Module<Tensor, Tensor>[] _source;

    [ComponentName(Name = "encoder")]
    private readonly Module<Tensor, Tensor> _encoder;

    private readonly MomentumBuffers _buffers;
    private double _momentum;

    /// <summary>Makes <paramref name="follower"/> an exact copy of <paramref name="source"/> that from now on follows it.</summary>
    /// <param name="source">The encoder that is trained (the query encoder).</param>
    /// <param name="follower">A second encoder of the same kind, on the same device; its weights are overwritten, and this module owns it
    /// from now on.</param>
    /// <param name="momentum">m, in [0, 1]. <value>The default is 0.999, the paper's for ImageNet; 0.99 for CIFAR-10. At 0 each update is
    /// a copy.</value></param>
    /// <param name="buffers">How buffers are updated. <value>The default is <see cref="MomentumBuffers.Own"/>, as in the authors'
    /// code.</value></param>
    /// <exception cref="ArgumentException">The two differ in a parameter's or buffer's name, shape, type or device, or are the same
    /// object.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The momentum is not in [0, 1].</exception>
    public MomentumEncoder(
        Module<Tensor, Tensor> source, Module<Tensor, Tensor> follower, double momentum = 0.999, MomentumBuffers buffers = MomentumBuffers.Own)
        : base(nameof(MomentumEncoder))
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(follower);
        if (ReferenceEquals(source, follower))
            throw new ArgumentException("The follower is the source itself; make a second encoder of the same kind.", nameof(follower));
        (_source, _encoder, _buffers, _momentum) = ([source], follower, buffers, Require.Probability(momentum));
        var (from, to) = (source.state_dict(), follower.state_dict());
        CheckAlike(from, to);
        using (no_grad())
        {
            foreach (var (name, tensor) in to)
                tensor.copy_(from[name]);
        }

        foreach (var parameter in follower.parameters())
            parameter.requires_grad = false;
        RegisterComponents();
    }

    /// <summary>m: the share of itself that it keeps at an update. May change from step to step, see <c>CosineMomentum</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1].</exception>
    public double Momentum
    {
        get => _momentum;
        set => _momentum = Require.Probability(value, nameof(Momentum));
    }

    /// <summary>One step toward the source. Call it once after each step of the optimizer.</summary>
    public void Update()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        Loops.Invoke("lerp", Tensors(_encoder), Tensors(_source[0]), 1 - _momentum);
        if (_buffers == MomentumBuffers.Own)
            return;
        foreach (var (to, from) in _encoder.buffers().Zip(_source[0].buffers()))
        {
            if (_buffers == MomentumBuffers.Average && to.is_floating_point())
                to.lerp_(from, 1 - _momentum);
            else
                to.copy_(from);
        }
    }

    /// <summary>The output of the follower, without gradients.</summary>
    /// <param name="input">The encoder's input.</param>
    public override Tensor forward(Tensor input)
    {
        using var noGradient = no_grad();
        return _encoder.call(input);
    }

    private static Tensor[] Tensors(nn.Module module) => [.. module.parameters()];

    private static void CheckAlike(Dictionary<string, Tensor> source, Dictionary<string, Tensor> follower)
    {
        var missing = source.Keys.Except(follower.Keys).Concat(follower.Keys.Except(source.Keys)).FirstOrDefault();
        if (missing is not null)
            throw new ArgumentException($"Only one of the two encoders has '{missing}'; make the follower as the source was made.", nameof(follower));
        foreach (var (name, tensor) in source)
        {
            var other = follower[name];
            if (Describe(tensor) != Describe(other))
                throw new ArgumentException($"'{name}' is {Describe(tensor)} in the source but {Describe(other)} in the follower.", nameof(follower));
        }
    }

    private static string Describe(Tensor tensor) => $"{TensorText.Describe(tensor)} on {tensor.device}";
}

/// <summary>What a <see cref="MomentumEncoder"/> does with buffers (batch norm's running statistics) at an update.</summary>
public enum MomentumBuffers
{
    /// <summary>Nothing: the momentum encoder accumulates its own from the batches it sees, as in MoCo's code.</summary>
    Own,

    /// <summary>Copies the source's.</summary>
    Copy,

    /// <summary>Averages them like parameters; counters are copied.</summary>
    Average,
}
