using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>A transformer layer (Devlin et al. 2019): attention, then a feed-forward layer with the exact, erf-based GELU.</summary>
internal sealed class BertLayer : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "attention")]
    private readonly BertAttention _attention;

    [ComponentName(Name = "intermediate")]
    private readonly BertDense _intermediate;

    [ComponentName(Name = "output")]
    private readonly BertResidual _output;

    public BertLayer(BertConfig config) : base(nameof(BertLayer))
    {
        _attention = new BertAttention(config);
        _intermediate = new BertDense(config.HiddenSize, config.IntermediateSize);
        _output = new BertResidual(config.IntermediateSize, config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var attended = _attention.call(hidden, rows);
        var inner = functional.gelu(_intermediate.call(attended)); // [N, intermediate]
        return _output.call(inner, attended, rows).MoveToOuterDisposeScope();
    }
}
