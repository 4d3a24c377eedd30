using Contrastive.Torch;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Multi-head scaled-dot-product attention (Vaswani et al. 2017, equation 1), each token to all that are not padding.</summary>
internal sealed class BertSelfAttention : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "query")]
    private readonly Linear _query;

    [ComponentName(Name = "key")]
    private readonly Linear _key;

    [ComponentName(Name = "value")]
    private readonly Linear _value;

    private readonly int _heads;
    private readonly double _dropout;

    public BertSelfAttention(BertConfig config) : base(nameof(BertSelfAttention))
    {
        _query = Linear(config.HiddenSize, config.HiddenSize);
        _key = Linear(config.HiddenSize, config.HiddenSize);
        _value = Linear(config.HiddenSize, config.HiddenSize);
        _heads = config.Heads;
        _dropout = config.AttentionDropout;
        RegisterComponents();
    }

    /// <param name="hidden"><c>[N, H]</c>.</param>
    /// <param name="rows">Which tokens belong together.</param>
    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var weight = cat([_query.weight!, _key.weight!, _value.weight!], 0); // [3H, H]
        var bias = cat([_query.bias!, _key.bias!, _value.bias!], 0);
        var whole = rows.Whole(LinearProduct.Compute(hidden, weight, bias)); // [B, T, 3H]
        var parts = whole.view(whole.size(0), whole.size(1), 3, _heads, -1).permute(2, 0, 3, 1, 4).unbind(0); // three of [B, heads, T, H / heads]
        var context = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], rows.AttentionMask, training ? _dropout : 0);
        return rows.Of(context.transpose(1, 2)).flatten(1).MoveToOuterDisposeScope(); // [N, H]
    }
}
