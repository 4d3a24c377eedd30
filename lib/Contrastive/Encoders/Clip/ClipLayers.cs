using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The stack of layers of both of CLIP's towers, under Hugging Face's names <c>layers.0</c>, <c>layers.1</c>, ….</summary>
internal sealed class ClipLayers : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "layers")]
    private readonly ModuleList<ClipLayer> _layers;

    public ClipLayers(int width, int layers, int heads, int intermediateSize, Activation activation, double epsilon, bool causal = false) : base(nameof(ClipLayers))
    {
        _layers = ModuleList(Enumerable.Range(0, layers).Select(_ => new ClipLayer(width, heads, intermediateSize, activation, epsilon, causal)).ToArray());
        RegisterComponents();
        foreach (var layer in _layers)
            layer.Initialize(layers);
    }

    public static void Check(int width, int layers, int heads, int intermediateSize, Activation activation, double layerNormEpsilon)
    {
        Require.AtLeast(width, 1, name: "Width");
        Require.AtLeast(layers, 1, name: "Layers");
        Require.AtLeast(heads, 1, name: "Heads");
        Require.AtLeast(intermediateSize, 1, name: "IntermediateSize");
        Require.Defined(activation, "Activation");
        Require.Positive(layerNormEpsilon, "LayerNormEpsilon");
        if (width % heads != 0)
            throw new ArgumentException($"Heads is {heads}; expected a divisor of Width, {width}.");
    }

    /// <summary>The last layer's states of all tokens.</summary>
    /// <param name="hidden"><c>[N, C]</c>.</param>
    /// <param name="rows">Which tokens belong together.</param>
    public override Tensor forward(Tensor hidden, TokenRows rows) => Run(hidden, rows, _layers.Count);

    /// <summary>The last layer's states of one token of each sequence <c>[B, C]</c>; that layer computes no others.</summary>
    /// <param name="hidden"><c>[N, C]</c>.</param>
    /// <param name="rows">Which tokens belong together.</param>
    /// <param name="picked">The row of each sequence's token, int64 <c>[B]</c>. Where attention is causal, it is the last that is no
    /// padding.</param>
    public Tensor Pick(Tensor hidden, TokenRows rows, Tensor picked)
    {
        using var scope = NewDisposeScope();
        return _layers[_layers.Count - 1].Pick(Run(hidden, rows, _layers.Count - 1), rows, picked).MoveToOuterDisposeScope();
    }

    private Tensor Run(Tensor hidden, TokenRows rows, int count)
    {
        using var scope = NewDisposeScope();
        hidden = hidden.alias();
        for (var i = 0; i < count; i++)
        {
            var before = hidden;
            hidden = _layers[i].call(hidden, rows);
            if (!hidden.requires_grad)
                before.Dispose(); // nothing needs it any more
        }

        return hidden.MoveToOuterDisposeScope();
    }
}

/// <summary>A transformer layer with the norm first: attention, then a feed-forward layer, each with its residual connection.</summary>
internal sealed class ClipLayer : Module<Tensor, TokenRows, Tensor>
{
    [ComponentName(Name = "self_attn")]
    private readonly ClipAttention _attention;

    [ComponentName(Name = "layer_norm1")]
    private readonly LayerNorm _norm1;

    [ComponentName(Name = "mlp")]
    private readonly ClipFeedForward _feedForward;

    [ComponentName(Name = "layer_norm2")]
    private readonly LayerNorm _norm2;

    public ClipLayer(int width, int heads, int intermediateSize, Activation activation, double epsilon, bool causal) : base(nameof(ClipLayer))
    {
        _attention = new ClipAttention(width, heads, causal);
        _norm1 = LayerNorm(width, epsilon);
        _feedForward = new ClipFeedForward(width, intermediateSize, activation);
        _norm2 = LayerNorm(width, epsilon);
        RegisterComponents();
    }

    public void Initialize(int layers)
    {
        _attention.Initialize(layers);
        _feedForward.Initialize(layers);
    }

    public override Tensor forward(Tensor hidden, TokenRows rows)
    {
        using var scope = NewDisposeScope();
        return FeedForward(_attention.call(_norm1.call(hidden), rows).add_(hidden)).MoveToOuterDisposeScope();
    }

    public Tensor Pick(Tensor hidden, TokenRows rows, Tensor picked)
    {
        using var scope = NewDisposeScope();
        var attended = _attention.Pick(_norm1.call(hidden), rows, picked); // [B, C]
        return FeedForward(attended.add_(hidden.index_select(0, picked))).MoveToOuterDisposeScope();
    }

    private Tensor FeedForward(Tensor hidden) => _feedForward.call(_norm2.call(hidden)).add_(hidden);
}
