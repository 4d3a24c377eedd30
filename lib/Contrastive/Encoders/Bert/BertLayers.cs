using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The stack of layers, under the names <c>layer.0</c>, <c>layer.1</c>, ….</summary>
internal sealed class BertLayers : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "layer")]
    private readonly ModuleList<BertLayer> _layers;

    public BertLayers(BertConfig config) : base(nameof(BertLayers))
    {
        _layers = ModuleList(Enumerable.Range(0, config.Layers).Select(_ => new BertLayer(config)).ToArray());
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        foreach (var layer in _layers)
            hidden = Replace(hidden, layer.call(hidden, rows));
        return hidden;
    }

    /// <summary>The output of every layer, the first layer's first.</summary>
    public IReadOnlyList<Tensor> Outputs(Tensor hidden, TokenRows rows)
    {
        var outputs = new List<Tensor>();
        foreach (var layer in _layers)
            outputs.Add(hidden = layer.call(hidden, rows));
        return outputs;
    }

    // Unless an autograd graph needs it, a layer's input can be freed as soon as its output is computed.
    private static Tensor Replace(Tensor before, Tensor after)
    {
        if (!after.requires_grad)
            before.Dispose();
        return after;
    }
}

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

/// <summary>Multi-head scaled-dot-product attention (Vaswani et al. 2017, equation 1), each token attending to all but padding.</summary>
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

/// <summary>The end of both halves of a layer: linear, dropout, residual connection, layer norm.</summary>
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

/// <summary>A linear layer under the name <c>dense</c>, as Hugging Face's models use in many places.</summary>
internal sealed class BertDense : Module<Tensor, Tensor>
{
    [ComponentName(Name = "dense")]
    private readonly Linear _dense;

    public BertDense(int inputs, int outputs) : base(nameof(BertDense))
    {
        _dense = Linear(inputs, outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => LinearProduct.Compute(input, _dense.weight!, _dense.bias!);
}
