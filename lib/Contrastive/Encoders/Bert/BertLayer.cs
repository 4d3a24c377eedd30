using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>A transformer layer (Devlin et al. 2019): attention, then a feed-forward layer with the exact, erf-based GELU.</summary>
internal sealed class BertLayer : Module<Tensor, Tensor?, Tensor>
{
    private readonly BertAttention _attention;
    private readonly Linear _intermediate;
    private readonly BertResidual _output;

    public BertLayer(BertConfig config) : base(nameof(BertLayer))
    {
        register_module("attention", _attention = new BertAttention(config));
        register_module("intermediate", new BertDense(_intermediate = Linear(config.HiddenSize, config.IntermediateSize)));
        register_module("output", _output = new BertResidual(config.IntermediateSize, config));
    }

    public override Tensor forward(Tensor hidden, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var attended = _attention.call(hidden, mask);
        var inner = functional.gelu(LinearProduct.Compute(attended, _intermediate.weight!, _intermediate.bias!)); // [B, T, intermediate]
        return _output.call(inner, attended).MoveToOuterDisposeScope();
    }
}
