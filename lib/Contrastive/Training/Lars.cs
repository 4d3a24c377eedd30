using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Layer-wise adaptive rate scaling (You et al. 2017, "Large Batch Training of Convolutional Networks"), as SimCLR's authors implement
/// it: weight decay is added to the gradient before the trust ratio, and the learning rate is inside the momentum,
/// <code>g ← g + λ θ,    v ← μ v + η · (ε ‖θ‖ / ‖g‖) · g,    θ ← θ − v</code>
/// Parameters with fewer than two dimensions (biases and norms) are neither decayed nor scaled: they follow plain momentum, unless their
/// group says otherwise. The ratio is one where a norm is zero.
/// </summary>
/// <remarks>Implementations with the learning rate outside the momentum (PyTorch Lightning's, Apex's) differ once the rate
/// changes.</remarks>
public sealed class Lars : Optimizer
{
    private static readonly NativeLoops Loops = new("""
        def decay_by(parameters: List[Tensor], gradients: List[Tensor], decay: float) -> List[Tensor]:
            return torch._foreach_add(gradients, parameters, alpha=decay)

        def scale(parameters: List[Tensor], gradients: List[Tensor], rate: float, decay: float, trust: float) -> List[Tensor]:
            decayed = decay_by(parameters, gradients, decay)
            weight_norms = torch.stack(torch._foreach_norm(parameters))
            gradient_norms = torch.stack(torch._foreach_norm(decayed))
            ratios = torch.where((weight_norms > 0) & (gradient_norms > 0), trust * weight_norms / gradient_norms, torch.ones_like(weight_norms))
            torch._foreach_mul_(decayed, torch.unbind(ratios * rate))
            return decayed

        def step(parameters: List[Tensor], steps: List[Tensor], velocities: List[Tensor], momentum: float, nesterov: bool) -> int:
            torch._foreach_mul_(velocities, momentum)
            torch._foreach_add_(velocities, steps)
            if nesterov:
                torch._foreach_add_(steps, velocities, alpha=momentum)
                torch._foreach_sub_(parameters, steps)
            else:
                torch._foreach_sub_(parameters, velocities)
            return 0

        def adaptive(parameters: List[Tensor], gradients: List[Tensor], velocities: List[Tensor],
                     rate: float, momentum: float, decay: float, trust: float, nesterov: bool) -> int:
            return step(parameters, scale(parameters, gradients, rate, decay, trust), velocities, momentum, nesterov)

        def plain(parameters: List[Tensor], gradients: List[Tensor], velocities: List[Tensor],
                  rate: float, momentum: float, decay: float, nesterov: bool) -> int:
            decayed = gradients if decay == 0.0 else decay_by(parameters, gradients, decay)
            return step(parameters, torch._foreach_mul(decayed, rate), velocities, momentum, nesterov)
        """);

    private readonly double _momentum;
    private readonly double _trustCoefficient;
    private readonly bool _nesterov;
    private readonly IReadOnlyList<Tensor> _velocities;

    /// <summary>Makes an optimizer for one module's parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="Lars(IReadOnlyList{ParameterGroup}, double, double, double, double, bool)"/>
    public Lars(
        nn.Module module, double learningRate, double momentum = 0.9, double weightDecay = 1e-6, double trustCoefficient = 1e-3, bool nesterov = false)
        : this([module], learningRate, momentum, weightDecay, trustCoefficient, nesterov)
    {
    }

    /// <summary>Makes an optimizer for the modules' parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="Lars(IReadOnlyList{ParameterGroup}, double, double, double, double, bool)"/>
    public Lars(
        IReadOnlyList<nn.Module> modules, double learningRate, double momentum = 0.9, double weightDecay = 1e-6, double trustCoefficient = 1e-3,
        bool nesterov = false)
        : this([new ParameterGroup(modules)], learningRate, momentum, weightDecay, trustCoefficient, nesterov)
    {
    }

    /// <summary>Makes an optimizer for groups of parameters.</summary>
    /// <param name="groups">The parameters to train, each in one group.</param>
    /// <param name="learningRate">η. <value>SimCLR uses 0.3 · batch / 256 on ImageNet and 1.0 on CIFAR-10.</value></param>
    /// <param name="momentum">μ, in [0, 1). <value>The default is 0.9.</value></param>
    /// <param name="weightDecay">λ, for parameters of two or more dimensions, where their group does not say otherwise.
    /// <value>The default is 1e-6, the paper's; 1e-4 in the authors' code.</value></param>
    /// <param name="trustCoefficient">ε, above zero. <value>The default is 0.001.</value></param>
    /// <param name="nesterov">Whether to use Nesterov momentum. <value>The default is false.</value></param>
    /// <exception cref="ArgumentException">There is nothing to train, or a parameter is in two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lars(
        IReadOnlyList<ParameterGroup> groups, double learningRate, double momentum = 0.9, double weightDecay = 1e-6, double trustCoefficient = 1e-3,
        bool nesterov = false)
        : base(groups, learningRate, weightDecay)
    {
        _momentum = Require.Fraction(momentum);
        _trustCoefficient = Require.Positive(trustCoefficient);
        _nesterov = nesterov;
        _velocities = Remember("momentum_buffer", parameter => zeros_like(parameter));
    }

    /// <inheritdoc/>
    protected override void Update(ParameterStep step)
    {
        var (parameters, gradients, velocities) = (step.ParameterTensors, step.GradientTensors, step.Of(_velocities));
        if (step.Adapts)
            Loops.Invoke("adaptive", parameters, gradients, velocities, step.LearningRate, _momentum, step.WeightDecay, _trustCoefficient, _nesterov);
        else
            Loops.Invoke("plain", parameters, gradients, velocities, step.LearningRate, _momentum, step.WeightDecay, _nesterov);
    }
}
