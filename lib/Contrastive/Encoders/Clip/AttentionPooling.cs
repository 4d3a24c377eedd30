using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>SigLIP's head (Zhai et al. 2023; Lee et al. 2019, "Set Transformer"): a learned probe attends to all patches, then a feed-forward
/// layer with a residual connection. The names are Hugging Face's.</summary>
internal sealed class AttentionPooling : Module<Tensor, Tensor>
{
    [ComponentName(Name = "probe")]
    private readonly Parameter _probe;

    [ComponentName(Name = "attention")]
    private readonly ProbeAttention _attention;

    [ComponentName(Name = "layernorm")]
    private readonly LayerNorm _norm;

    [ComponentName(Name = "mlp")]
    private readonly ClipFeedForward _feedForward;

    public AttentionPooling(VisionTransformerConfig config) : base(nameof(AttentionPooling))
    {
        _probe = Parameter(empty(1, 1, config.Width).normal_(0, Math.Pow(config.Width, -0.5)));
        _attention = new ProbeAttention(config.Width, config.Heads);
        _norm = LayerNorm(config.Width, config.LayerNormEpsilon);
        _feedForward = new ClipFeedForward(config.Width, config.IntermediateSize, config.Activation);
        RegisterComponents();
        _feedForward.Initialize(layers: 1);
    }

    /// <param name="hidden"><c>[N, P, C]</c>.</param>
    /// <returns><c>[N, C]</c>.</returns>
    public override Tensor forward(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return Finish(_attention.call(hidden, _probe.view(1, -1))).MoveToOuterDisposeScope();
    }

    /// <summary>What the head would return if the probe attended to one patch alone: <c>[N, P, C]</c> for <c>[N, P, C]</c>.</summary>
    public Tensor EachAlone(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return Finish(_attention.Values(hidden)).MoveToOuterDisposeScope();
    }

    private Tensor Finish(Tensor attended) => _feedForward.call(_norm.call(attended)).add_(attended);
}

/// <summary>The attention of one probe, under the names of PyTorch's <c>MultiheadAttention</c>.</summary>
internal sealed class ProbeAttention : Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "in_proj_weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "in_proj_bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = "out_proj")]
    private readonly Linear _output;

    private readonly int _heads;

    public ProbeAttention(int width, int heads) : base(nameof(ProbeAttention))
    {
        _heads = heads;
        _weight = Parameter(empty(3 * width, width).normal_(0, Math.Pow(width, -0.5)));
        _bias = Parameter(zeros(3 * width));
        _output = Linear(width, width);
        RegisterComponents();
        ClipInitialization.Normal(_output, Math.Pow(2 * width, -0.5));
    }

    /// <param name="hidden"><c>[N, P, C]</c>.</param>
    /// <param name="probe"><c>[1, C]</c>.</param>
    /// <returns><c>[N, C]</c>.</returns>
    public override Tensor forward(Tensor hidden, Tensor probe)
    {
        using var scope = NewDisposeScope();
        var (count, width) = (hidden.size(0), hidden.size(2));
        var query = Part(probe, 0, 1).view(1, _heads, 1, -1).expand(count, -1, -1, -1); // [N, heads, 1, C / heads]
        var both = Part(hidden, 1, 2).view(count, hidden.size(1), 2, _heads, -1).unbind(2); // [N, P, heads, C / heads]
        var context = functional.scaled_dot_product_attention(query, both[0].transpose(1, 2), both[1].transpose(1, 2));
        return Product(context.reshape(count, width)).MoveToOuterDisposeScope();
    }

    /// <summary>The result of attending to one place alone, for each place.</summary>
    public Tensor Values(Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return Product(Part(hidden, 2, 1)).MoveToOuterDisposeScope();
    }

    // Of queries, keys and values, `count` from the first.
    private Tensor Part(Tensor input, long first, long count)
    {
        var width = input.size(-1);
        return LinearProduct.Compute(input, _weight.narrow(0, first * width, count * width), _bias.narrow(0, first * width, count * width));
    }

    private Tensor Product(Tensor input) => LinearProduct.Compute(input, _output.weight!, _output.bias!);
}
