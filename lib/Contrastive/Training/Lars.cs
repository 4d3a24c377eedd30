using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Layer-wise adaptive rate scaling (You et al. 2017, "Large Batch Training of Convolutional Networks"), as SimCLR's authors implement
/// it: weight decay is added to the gradient before the trust ratio, and the learning rate is inside the momentum,
/// <code>g ← g + λ θ,    v ← μ v + η · (ε ‖θ‖ / ‖g‖) · g,    θ ← θ − v</code>
/// Parameters with fewer than two dimensions (biases and norms) are neither decayed nor scaled: they follow plain momentum. The ratio is
/// one where a norm is zero.
/// </summary>
/// <remarks>Implementations with the learning rate outside the momentum (PyTorch Lightning's, Apex's) differ once the rate
/// changes.</remarks>
public sealed class Lars : Optimizer
{
    private static readonly NativeLoops Loops = new("""
        def scale(parameters: List[Tensor], gradients: List[Tensor], rate: float, decay: float, trust: float) -> List[Tensor]:
            decayed = torch._foreach_add(gradients, parameters, alpha=decay)
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
                  rate: float, momentum: float, nesterov: bool) -> int:
            return step(parameters, torch._foreach_mul(gradients, rate), velocities, momentum, nesterov)
        """);

    private readonly double _momentum;
    private readonly double _weightDecay;
    private readonly double _trustCoefficient;
    private readonly bool _nesterov;
    private readonly Tensor[] _velocities;

    /// <summary>Makes an optimizer for one module's parameters; the other parameters are those of the constructor for several.</summary>
    /// <seealso cref="Lars(IReadOnlyList{nn.Module}, double, double, double, double, bool)"/>
    public Lars(
        nn.Module module, double learningRate, double momentum = 0.9, double weightDecay = 1e-6, double trustCoefficient = 1e-3, bool nesterov = false)
        : this([module], learningRate, momentum, weightDecay, trustCoefficient, nesterov)
    {
    }

    /// <summary>Makes an optimizer for the modules' parameters.</summary>
    /// <param name="modules">The modules to train.</param>
    /// <param name="learningRate">η. <value>SimCLR uses 0.3 · batch / 256 on ImageNet and 1.0 on CIFAR-10.</value></param>
    /// <param name="momentum">μ, in [0, 1). <value>The default is 0.9.</value></param>
    /// <param name="weightDecay">λ, for parameters of two or more dimensions.
    /// <value>The default is 1e-6, the paper's; 1e-4 in the authors' code.</value></param>
    /// <param name="trustCoefficient">ε, above zero. <value>The default is 0.001.</value></param>
    /// <param name="nesterov">Whether to use Nesterov momentum. <value>The default is false.</value></param>
    /// <exception cref="ArgumentException">There is nothing to train.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lars(
        IReadOnlyList<nn.Module> modules, double learningRate, double momentum = 0.9, double weightDecay = 1e-6, double trustCoefficient = 1e-3,
        bool nesterov = false)
        : base(modules, learningRate)
    {
        _momentum = Require.Fraction(momentum);
        _weightDecay = Require.NotNegative(weightDecay);
        _trustCoefficient = Require.Positive(trustCoefficient);
        _nesterov = nesterov;
        _velocities = Remember("momentum_buffer", parameter => zeros_like(parameter));
    }

    private protected override void Update(ParameterGroup group)
    {
        var velocities = Pick(_velocities, group.Places);
        if (group.Decays)
            Loops.Invoke("adaptive", group.Tensors, group.Gradients, velocities, LearningRate, _momentum, _weightDecay, _trustCoefficient, _nesterov);
        else
            Loops.Invoke("plain", group.Tensors, group.Gradients, velocities, LearningRate, _momentum, _nesterov);
    }
}
