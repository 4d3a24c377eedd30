using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Multi-head scaled-dot-product attention (Vaswani et al. 2017, equation 1), each token to all that are not padding.</summary>
internal sealed class BertSelfAttention : Module<Tensor, Tensor?, Tensor>
{
    private readonly Linear _query;
    private readonly Linear _key;
    private readonly Linear _value;
    private readonly int _heads;
    private readonly double _dropout;

    public BertSelfAttention(BertConfig config) : base(nameof(BertSelfAttention))
    {
        register_module("query", _query = Linear(config.HiddenSize, config.HiddenSize));
        register_module("key", _key = Linear(config.HiddenSize, config.HiddenSize));
        register_module("value", _value = Linear(config.HiddenSize, config.HiddenSize));
        _heads = config.Heads;
        _dropout = config.AttentionDropout;
    }

    /// <param name="hidden"><c>[B, T, H]</c>.</param>
    /// <param name="mask">Added to the logits, <c>[B, 1, 1, T]</c>; null where nothing is masked.</param>
    public override Tensor forward(Tensor hidden, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var context = functional.scaled_dot_product_attention(
            ByHead(LinearProduct.Compute(hidden, _query.weight!, _query.bias!)), ByHead(LinearProduct.Compute(hidden, _key.weight!, _key.bias!)), ByHead(LinearProduct.Compute(hidden, _value.weight!, _value.bias!)), mask, training ? _dropout : 0); // [B, heads, T, H / heads]
        return context.transpose(1, 2).reshape(hidden.shape).MoveToOuterDisposeScope(); // [B, T, H]
    }

    private Tensor ByHead(Tensor projected) =>
        projected.view(projected.size(0), projected.size(1), _heads, -1).transpose(1, 2); // [B, heads, T, H / heads]
}
