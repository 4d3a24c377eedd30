using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The end of both halves of a layer: linear, dropout, plus what went in, normalized.</summary>
internal sealed class BertResidual : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _dense;
    private readonly LayerNorm _normalization;
    private readonly double _dropout;

    public BertResidual(int inputs, BertConfig config) : base(nameof(BertResidual))
    {
        register_module("dense", _dense = Linear(inputs, config.HiddenSize));
        register_module("LayerNorm", _normalization = LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        _dropout = config.Dropout;
    }

    public override Tensor forward(Tensor hidden, Tensor residual)
    {
        using var scope = NewDisposeScope();
        var output = functional.dropout(LinearProduct.Compute(hidden, _dense.weight!, _dense.bias!), _dropout, training);
        return _normalization.call(output.add_(residual)).MoveToOuterDisposeScope();
    }
}
