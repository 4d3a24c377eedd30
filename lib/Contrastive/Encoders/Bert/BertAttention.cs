using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The first half of a layer: attention and its residual.</summary>
internal sealed class BertAttention : Module<Tensor, Tensor?, Tensor>
{
    private readonly BertSelfAttention _self;
    private readonly BertResidual _output;

    public BertAttention(BertConfig config) : base(nameof(BertAttention))
    {
        register_module("self", _self = new BertSelfAttention(config));
        register_module("output", _output = new BertResidual(config.HiddenSize, config));
    }

    public override Tensor forward(Tensor hidden, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return _output.call(_self.call(hidden, mask), hidden).MoveToOuterDisposeScope();
    }
}
