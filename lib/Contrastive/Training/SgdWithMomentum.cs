using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Stochastic gradient descent with momentum, using libtorch's fused kernel: PyTorch's <c>SGD</c> (weight decay added to the gradient, the
/// learning rate outside the velocity) with the no-decay rule for biases and norms:
/// <code>v ← μ v + g + λ θ,    θ ← θ − η v</code>
/// </summary>
public sealed class SgdWithMomentum : Optimizer
{
    private static readonly NativeLoops Loops = new("""
        def sgd(parameters: List[Tensor], gradients: List[Tensor], velocities: List[Tensor],
                rate: float, momentum: float, decay: float, nesterov: bool) -> int:
            torch._fused_sgd_(parameters, gradients, velocities, weight_decay=decay, momentum=momentum, lr=rate,
                              dampening=0.0, nesterov=nesterov, maximize=False, is_first_step=False)
            return 0
        """);

    private readonly double _momentum;
    private readonly bool _nesterov;
    private readonly IReadOnlyList<Tensor> _velocities;

    /// <summary>Makes an optimizer for one module's parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="SgdWithMomentum(IReadOnlyList{ParameterGroup}, double, double, double, bool)"/>
    public SgdWithMomentum(nn.Module module, double learningRate, double momentum = 0.9, double weightDecay = 1e-4, bool nesterov = false)
        : this([module], learningRate, momentum, weightDecay, nesterov)
    {
    }

    /// <summary>Makes an optimizer for the modules' parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="SgdWithMomentum(IReadOnlyList{ParameterGroup}, double, double, double, bool)"/>
    public SgdWithMomentum(
        IReadOnlyList<nn.Module> modules, double learningRate, double momentum = 0.9, double weightDecay = 1e-4, bool nesterov = false)
        : this([new ParameterGroup(modules)], learningRate, momentum, weightDecay, nesterov)
    {
    }

    /// <summary>Makes an optimizer for groups of parameters.</summary>
    /// <param name="groups">The parameters to train, each in one group.</param>
    /// <param name="learningRate">η. <value>MoCo uses 0.03 at batch 256; on CIFAR-10 0.06 at batch 512.</value></param>
    /// <param name="momentum">μ, in [0, 1). <value>The default is 0.9.</value></param>
    /// <param name="weightDecay">λ, for parameters of two or more dimensions, where their group does not say otherwise.
    /// <value>The default is 1e-4, MoCo's; 5e-4 on CIFAR-10.</value></param>
    /// <param name="nesterov">Whether to use Nesterov momentum: step by g + λθ + μv. <value>The default is false.</value></param>
    /// <exception cref="ArgumentException">There is nothing to train, or a parameter is in two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SgdWithMomentum(
        IReadOnlyList<ParameterGroup> groups, double learningRate, double momentum = 0.9, double weightDecay = 1e-4, bool nesterov = false)
        : base(groups, learningRate, weightDecay)
    {
        _momentum = Require.Fraction(momentum);
        _nesterov = nesterov;
        _velocities = Remember("momentum_buffer", parameter => zeros_like(parameter));
    }

    /// <inheritdoc/>
    protected override void Update(ParameterStep step) => Loops.Invoke(
        "sgd", step.ParameterTensors, step.GradientTensors, step.Of(_velocities), step.LearningRate, _momentum, step.WeightDecay, _nesterov);
}
