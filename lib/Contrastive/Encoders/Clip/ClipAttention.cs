using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Multi-head scaled-dot-product attention (Vaswani et al. 2017, equation 1). The names are Hugging Face's; the three products of a
/// token are computed as one.</summary>
internal sealed class ClipAttention : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "q_proj")]
    private readonly Linear _query;

    [ComponentName(Name = "k_proj")]
    private readonly Linear _key;

    [ComponentName(Name = "v_proj")]
    private readonly Linear _value;

    [ComponentName(Name = "out_proj")]
    private readonly Linear _output;

    private readonly int _heads;
    private readonly bool _causal;

    public ClipAttention(int width, int heads, bool causal) : base(nameof(ClipAttention))
    {
        (_query, _key, _value, _output) = (Linear(width, width), Linear(width, width), Linear(width, width), Linear(width, width));
        (_heads, _causal) = (heads, causal);
        RegisterComponents();
    }

    public void Initialize(int layers)
    {
        var width = _query.weight!.size(0);
        foreach (var input in new[] { _query, _key, _value })
            ClipInitialization.Normal(input, Math.Pow(width, -0.5));
        ClipInitialization.Normal(_output, Math.Pow(2 * layers * width, -0.5));
    }

    /// <param name="hidden"><c>[N, C]</c>.</param>
    /// <param name="rows">Which tokens belong together.</param>
    /// <returns><c>[N, C]</c>.</returns>
    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        var parts = Parts(hidden, rows, _query, _key, _value);
        // Padding comes after a text, so that causal attention does not see it.
        var context = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], _causal ? null : rows.AttentionMask, 0, _causal);
        return Product(rows.Of(context.transpose(1, 2)).flatten(1), _output).MoveToOuterDisposeScope(); // [N, C]
    }

    /// <summary>The same for one token of each sequence only, <c>[B, C]</c>.</summary>
    public Tensor Pick(Tensor hidden, TokenRows rows, Tensor picked)
    {
        using var scope = NewDisposeScope();
        var parts = Parts(hidden, rows, _key, _value);
        var query = Product(hidden.index_select(0, picked), _query); // [B, C]
        var heads = query.view(query.size(0), _heads, 1, -1); // [B, heads, 1, C / heads]
        var context = functional.scaled_dot_product_attention(heads, parts[0], parts[1], rows.AttentionMask);
        return Product(context.flatten(1), _output).MoveToOuterDisposeScope();
    }

    // Several layers as one product, each [B, heads, T, C / heads].
    private Tensor[] Parts(Tensor hidden, TokenRows rows, params Linear[] layers)
    {
        var weight = cat([.. layers.Select(layer => layer.weight!)], 0);
        var bias = cat([.. layers.Select(layer => layer.bias!)], 0);
        var whole = rows.Whole(LinearProduct.Compute(hidden, weight, bias)); // [B, T, 3 C]
        // Split before the last size but one, so that the gradients of the parts are joined in memory order.
        var parts = whole.view(whole.size(0), whole.size(1), layers.Length, _heads, -1).unbind(2);
        return Array.ConvertAll(parts, part => part.transpose(1, 2));
    }

    private static Tensor Product(Tensor input, Linear layer) => LinearProduct.Compute(input, layer.weight!, layer.bias!);
}
