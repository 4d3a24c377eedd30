using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The first half of a layer: attention and its residual.</summary>
internal sealed class BertAttention : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "self")]
    private readonly BertSelfAttention _self;

    [ComponentName(Name = "output")]
    private readonly BertResidual _output;

    public BertAttention(BertConfig config) : base(nameof(BertAttention))
    {
        _self = new BertSelfAttention(config);
        _output = new BertResidual(config.HiddenSize, config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        return _output.call(_self.call(hidden, rows), hidden, rows).MoveToOuterDisposeScope();
    }
}
