using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Training;

/// <summary>The optimizers by name, for lessons that take <c>--set optimizer=NAME</c>.</summary>
public static class Optimizers
{
    private delegate Optimizer Make(nn.Module module, double learningRate, double weightDecay, double momentum);

    private static readonly NamedChoices<Make> Choices = new(
        "optimizer",
        ("AdamW", (module, learningRate, weightDecay, momentum) => new AdamW(module, learningRate, weightDecay, beta1: momentum)),
        ("SGD", (module, learningRate, weightDecay, momentum) => new SgdWithMomentum(module, learningRate, momentum, weightDecay)),
        ("LARS", (module, learningRate, weightDecay, momentum) => new Lars(module, learningRate, momentum, weightDecay)));

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => Choices.Names;

    /// <summary>An optimizer of the module's parameters.</summary>
    /// <param name="name">One of <see cref="Names"/>, in upper or lower case.</param>
    /// <param name="module">The module, on its device and in its type.</param>
    /// <param name="learningRate">The step size.</param>
    /// <param name="weightDecay">The weight decay; of AdamW decoupled from the gradient.</param>
    /// <param name="momentum">In [0, 1): β₁ of AdamW, the momentum of SGD and LARS.</param>
    /// <exception cref="ArgumentException">No optimizer has the name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Optimizer Named(string name, nn.Module module, double learningRate, double weightDecay, double momentum)
    {
        ArgumentNullException.ThrowIfNull(module);
        return Choices[name](module, learningRate, weightDecay, momentum);
    }
}
