using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>A transformer's feed-forward layer. The names are Hugging Face's.</summary>
internal sealed class ClipFeedForward : Module<Tensor, Tensor>
{
    private static readonly Scalar Slope = 1.702.ToScalar();

    [ComponentName(Name = "fc1")]
    private readonly Linear _first;

    [ComponentName(Name = "fc2")]
    private readonly Linear _second;

    private readonly Activation _activation;

    public ClipFeedForward(int width, int intermediateSize, Activation activation) : base(nameof(ClipFeedForward))
    {
        (_first, _second, _activation) = (Linear(width, intermediateSize), Linear(intermediateSize, width), activation);
        RegisterComponents();
    }

    public void Initialize(int layers)
    {
        var width = _first.weight!.size(1);
        ClipInitialization.Normal(_first, Math.Pow(2 * width, -0.5));
        ClipInitialization.Normal(_second, Math.Pow(2 * layers * width, -0.5));
    }

    /// <param name="input"><c>[N, C]</c>.</param>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (_activation == Activation.QuickGelu)
            return Quick(input).MoveToOuterDisposeScope();
        var inner = LinearProduct.Compute(input, _first.weight!, _first.bias!); // [N, intermediate]
        var active = _activation == Activation.Gelu ? functional.gelu(inner) : Tanh(inner);
        return LinearProduct.Compute(active, _second.weight!, _second.bias!).MoveToOuterDisposeScope(); // [N, C]
    }

    private static Tensor Tanh(Tensor x) => functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh);

    // x·σ(a x) = silu(a x) / a. Scaling the weights costs less than scaling the states of all tokens, and silu is one operation.
    private Tensor Quick(Tensor input)
    {
        var inner = LinearProduct.Compute(input, _first.weight!.mul(Slope), _first.bias!.mul(Slope)); // [N, intermediate]
        return LinearProduct.Compute(functional.silu(inner), _second.weight!.div(Slope), _second.bias!); // [N, C]
    }
}
