using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The end of both halves of a layer: linear, dropout, plus what went in, normalized.</summary>
internal sealed class BertResidual : Module<Tensor, Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    [ComponentName(Name = "LayerNorm")]
    private readonly LayerNorm _normalization;

    private readonly double _dropout;

    public BertResidual(int inputs, BertConfig config) : base(nameof(BertResidual))
    {
        _dense = Linear(inputs, config.HiddenSize);
        _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        RegisterComponents();
        _dropout = config.Dropout;
    }

    public override Tensor forward(Tensor hidden, Tensor residual, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var output = rows.Dropout(LinearProduct.Compute(hidden, _dense.weight!, _dense.bias!), _dropout, training);
        return _normalization.call(output.add_(residual)).MoveToOuterDisposeScope();
    }
}
