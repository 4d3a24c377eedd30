using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization", algorithm 2), using libtorch's
/// fused kernel: PyTorch's <c>AdamW</c> with the no-decay rule for biases and norms.
/// </summary>
public sealed class AdamW : Optimizer
{
    private static readonly NativeLoops Loops = new("""
        def adamw(parameters: List[Tensor], gradients: List[Tensor], averages: List[Tensor], squares: List[Tensor], steps: List[Tensor],
                  rate: float, beta1: float, beta2: float, decay: float, epsilon: float) -> int:
            torch._foreach_add_(steps, 1)
            torch._fused_adamw_(parameters, gradients, averages, squares, [], steps, lr=rate, beta1=beta1, beta2=beta2,
                                weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
            return 0
        """);

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly IReadOnlyList<Tensor> _averages;
    private readonly IReadOnlyList<Tensor> _squares;
    private readonly IReadOnlyList<Tensor> _steps;

    /// <summary>Makes an optimizer for one module's parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="AdamW(IReadOnlyList{ParameterGroup}, double, double, double, double, double)"/>
    public AdamW(nn.Module module, double learningRate = 1e-3, double weightDecay = 1e-2, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : this([module], learningRate, weightDecay, beta1, beta2, epsilon)
    {
    }

    /// <summary>Makes an optimizer for the modules' parameters; the options are those of the constructor for groups.</summary>
    /// <seealso cref="AdamW(IReadOnlyList{ParameterGroup}, double, double, double, double, double)"/>
    public AdamW(
        IReadOnlyList<nn.Module> modules, double learningRate = 1e-3, double weightDecay = 1e-2, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : this([new ParameterGroup(modules)], learningRate, weightDecay, beta1, beta2, epsilon)
    {
    }

    /// <summary>Makes an optimizer for groups of parameters.</summary>
    /// <param name="groups">The parameters to train, each in one group.</param>
    /// <param name="learningRate">The step size. <value>The default is 1e-3.</value></param>
    /// <param name="weightDecay">λ, multiplied by the learning rate, for parameters of two or more dimensions, where their group does not
    /// say otherwise. <value>The default is 0.01; CLIP uses 0.2.</value></param>
    /// <param name="beta1">Decay rate of the mean gradient. <value>The default is 0.9.</value></param>
    /// <param name="beta2">Decay rate of the mean squared gradient. <value>The default is 0.999; CLIP uses 0.98.</value></param>
    /// <param name="epsilon">Added to the square root in the denominator. <value>The default is 1e-8; CLIP uses 1e-6.</value></param>
    /// <exception cref="ArgumentException">There is nothing to train, or a parameter is in two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AdamW(
        IReadOnlyList<ParameterGroup> groups, double learningRate = 1e-3, double weightDecay = 1e-2, double beta1 = 0.9, double beta2 = 0.999,
        double epsilon = 1e-8)
        : base(groups, learningRate, weightDecay)
    {
        _beta1 = Require.Fraction(beta1);
        _beta2 = Require.Fraction(beta2);
        _epsilon = Require.NotNegative(epsilon);
        _averages = Remember("exp_avg", parameter => zeros_like(parameter));
        _squares = Remember("exp_avg_sq", parameter => zeros_like(parameter));
        _steps = Remember("step", parameter => zeros([], dtype: ScalarType.Float32, device: parameter.device));
    }

    /// <inheritdoc/>
    protected override void Update(ParameterStep step) => Loops.Invoke(
        "adamw", step.ParameterTensors, step.GradientTensors, step.Of(_averages), step.Of(_squares), step.Of(_steps),
        step.LearningRate, _beta1, _beta2, step.WeightDecay, _epsilon);
}
