using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>The attention pooling of <see cref="ModifiedResNet"/>: the mean of all places attends to itself and the places, each with its
/// learned position. The names are OpenAI's.</summary>
internal sealed class PlaceAttention : Module<Tensor, Tensor>
{
    [ComponentName(Name = "positional_embedding")]
    private readonly Parameter _positions;

    [ComponentName(Name = "k_proj")]
    private readonly Linear _key;

    [ComponentName(Name = "q_proj")]
    private readonly Linear _query;

    [ComponentName(Name = "v_proj")]
    private readonly Linear _value;

    [ComponentName(Name = "c_proj")]
    private readonly Linear _output;

    private readonly int _heads;

    public PlaceAttention(ModifiedResNetConfig config) : base(nameof(PlaceAttention))
    {
        var (width, deviation) = (config.MapWidth, Math.Pow(config.MapWidth, -0.5));
        _heads = config.Heads;
        _positions = Parameter(empty(1 + (config.Grid * config.Grid), width).normal_(0, deviation));
        (_key, _query, _value, _output) = (Linear(width, width), Linear(width, width), Linear(width, width), Linear(width, config.OutputWidth));
        RegisterComponents();
        foreach (var layer in new[] { _query, _key, _value, _output })
            ClipInitialization.Normal(layer, deviation);
    }

    /// <param name="maps"><c>[N, C, h, w]</c>.</param>
    /// <returns><c>[N, OutputWidth]</c>.</returns>
    public override Tensor forward(Tensor maps)
    {
        using var scope = NewDisposeScope();
        var tokens = Tokens(maps); // [N, 1 + P, C]
        var (count, width) = (tokens.size(0), tokens.size(2));
        var query = Product(tokens.select(1, 0), _query).view(count, _heads, 1, -1); // [N, heads, 1, C / heads]
        var context = functional.scaled_dot_product_attention(query, Heads(Product(tokens, _key)), Heads(Product(tokens, _value)));
        return Product(context.reshape(count, width), _output).MoveToOuterDisposeScope();
    }

    /// <summary>The result of attending to one place alone, for each place: <c>[N, h, w, OutputWidth]</c>.</summary>
    public Tensor EachAlone(Tensor maps)
    {
        using var scope = NewDisposeScope();
        var places = Tokens(maps).narrow(1, 1, maps.size(2) * maps.size(3));
        return Product(Product(places, _value), _output).reshape(maps.size(0), maps.size(2), maps.size(3), -1).MoveToOuterDisposeScope();
    }

    private Tensor Tokens(Tensor maps)
    {
        var places = maps.flatten(2).transpose(1, 2); // [N, P, C]
        return cat([places.mean([1L], keepdim: true), places], 1).add_(_positions);
    }

    private Tensor Heads(Tensor tokens) => tokens.view(tokens.size(0), tokens.size(1), _heads, -1).transpose(1, 2); // [N, heads, T, C / heads]

    private static Tensor Product(Tensor input, Linear layer) => LinearProduct.Compute(input, layer.weight!, layer.bias!);
}
