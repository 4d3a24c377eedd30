using Contrastive.Encoders;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>CLIP's and SigLIP's towers as the papers have them, token by token in plain loops, from a module's named parameters.</summary>
internal sealed class ClipOracle
{
    private readonly Dictionary<string, double[]> _weights;

    public ClipOracle(nn.Module module) => _weights = module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.to(float64).data<double>().ToArray());

    /// <summary>The numbers of a parameter, in memory order; the oracle reads them at each call.</summary>
    public double[] Weights(string name) => _weights[name];

    /// <summary>Random numbers in all parameters, so that none hides by being zero or one.</summary>
    public static void Randomize(nn.Module module, double deviation = 0.3)
    {
        using var noGradient = no_grad();
        foreach (var parameter in module.parameters())
            parameter.normal_(0, deviation);
    }

    /// <summary>The feature of an image.</summary>
    /// <param name="config">The transformer's sizes.</param>
    /// <param name="pixels"><c>[C, H, W]</c> in memory order, normalized.</param>
    /// <param name="prefix">Of the parameters' names.</param>
    public double[] Image(VisionTransformerConfig config, double[] pixels, string prefix = "")
    {
        var tokens = Tokens(config, pixels, prefix);
        return config.Pooling switch
        {
            ImagePooling.Class => tokens[0],
            ImagePooling.Average => [.. Enumerable.Range(0, config.Width).Select(d => tokens.Average(token => token[d]))],
            _ => Head(config, tokens, prefix + "head."),
        };
    }

    /// <summary>The states of all tokens of an image after the last norm.</summary>
    public double[][] Tokens(VisionTransformerConfig config, double[] pixels, string prefix = "")
    {
        var (size, patch, grid, epsilon) = (config.ImageSize, config.PatchSize, config.ImageSize / config.PatchSize, config.LayerNormEpsilon);
        var weight = _weights[prefix + "embeddings.patch_embedding.weight"];
        var tokens = new List<double[]>();
        if (config.Pooling == ImagePooling.Class)
            tokens.Add([.. _weights[prefix + "embeddings.class_embedding"]]);
        for (var row = 0; row < grid; row++)
        {
            for (var column = 0; column < grid; column++)
            {
                var token = new double[config.Width];
                for (var d = 0; d < config.Width; d++)
                {
                    token[d] = config.Pooling == ImagePooling.Attention ? _weights[prefix + "embeddings.patch_embedding.bias"][d] : 0;
                    for (var c = 0; c < config.Channels; c++)
                    {
                        for (var y = 0; y < patch; y++)
                        {
                            for (var x = 0; x < patch; x++)
                                token[d] += weight[(((((d * config.Channels) + c) * patch) + y) * patch) + x] * pixels[(((c * size) + (row * patch) + y) * size) + (column * patch) + x];
                        }
                    }
                }

                tokens.Add(token);
            }
        }

        var hidden = tokens.Select((token, i) => Sum(token, Row(prefix + "embeddings.position_embedding.weight", i, config.Width))).ToArray();
        if (config.Pooling != ImagePooling.Attention)
            hidden = Norm(hidden, prefix + "pre_layrnorm", epsilon);
        for (var layer = 0; layer < config.Layers; layer++)
            hidden = Layer(hidden, $"{prefix}encoder.layers.{layer}.", config.Heads, config.Activation, epsilon, causal: false);
        return Norm(hidden, prefix + "post_layernorm", epsilon);
    }

    /// <summary>The feature of a text.</summary>
    /// <param name="config">The encoder's sizes.</param>
    /// <param name="ids">Its token ids: without padding, but for <see cref="TextPooling.Last"/>.</param>
    /// <param name="prefix">Of the parameters' names.</param>
    public double[] Text(ClipTextConfig config, long[] ids, string prefix = "")
    {
        var hidden = ids.Select((id, i) => Sum(
            Row(prefix + "embeddings.token_embedding.weight", (int)id, config.Width), Row(prefix + "embeddings.position_embedding.weight", i, config.Width))).ToArray();
        for (var layer = 0; layer < config.Layers; layer++)
            hidden = Layer(hidden, $"{prefix}encoder.layers.{layer}.", config.Heads, config.Activation, config.LayerNormEpsilon, config.Causal);
        var last = Norm(hidden, prefix + "final_layer_norm", config.LayerNormEpsilon)[^1];
        return config.Pooling == TextPooling.Last ? Linear(last, prefix + "head") : last;
    }

    public double[] Linear(double[] x, string name) => Product(x, _weights[name + ".weight"], _weights.GetValueOrDefault(name + ".bias"), 0);

    private double[] Head(VisionTransformerConfig config, double[][] tokens, string prefix)
    {
        var (weight, bias, width) = (_weights[prefix + "attention.in_proj_weight"], _weights[prefix + "attention.in_proj_bias"], config.Width);
        double[] Part(double[] x, int part) => Product(x, weight, bias, part * width, width);
        var attended = Attend(
            [Part(_weights[prefix + "probe"], 0)], [.. tokens.Select(token => Part(token, 1))], [.. tokens.Select(token => Part(token, 2))], config.Heads, causal: false)[0];
        var output = Linear(attended, prefix + "attention.out_proj");
        return Sum(output, FeedForward(Norm([output], prefix + "layernorm", config.LayerNormEpsilon)[0], prefix + "mlp.", config.Activation));
    }

    private double[][] Layer(double[][] hidden, string prefix, int heads, Activation activation, double epsilon, bool causal)
    {
        var normed = Norm(hidden, prefix + "layer_norm1", epsilon);
        double[][] All(string name) => [.. normed.Select(token => Linear(token, $"{prefix}self_attn.{name}"))];
        var context = Attend(All("q_proj"), All("k_proj"), All("v_proj"), heads, causal);
        var attended = hidden.Zip(context, (token, part) => Sum(token, Linear(part, prefix + "self_attn.out_proj"))).ToArray();
        return [.. attended.Zip(Norm(attended, prefix + "layer_norm2", epsilon), (token, norm) => Sum(token, FeedForward(norm, prefix + "mlp.", activation)))];
    }

    private static double[][] Attend(double[][] queries, double[][] keys, double[][] values, int heads, bool causal)
    {
        var width = queries[0].Length / heads;
        var result = queries.Select(query => new double[query.Length]).ToArray();
        for (var head = 0; head < heads; head++)
        {
            for (var i = 0; i < queries.Length; i++)
            {
                var seen = causal ? i + 1 : keys.Length;
                var weights = new double[seen];
                for (var j = 0; j < seen; j++)
                {
                    var logit = 0.0;
                    for (var d = head * width; d < (head + 1) * width; d++)
                        logit += queries[i][d] * keys[j][d];
                    weights[j] = Math.Exp(logit / Math.Sqrt(width));
                }

                for (var j = 0; j < seen; j++)
                {
                    for (var d = head * width; d < (head + 1) * width; d++)
                        result[i][d] += weights[j] / weights.Sum() * values[j][d];
                }
            }
        }

        return result;
    }

    private double[] FeedForward(double[] x, string prefix, Activation activation) => Linear([.. Linear(x, prefix + "fc1").Select(value => Activate(value, activation))], prefix + "fc2");

    private static double Activate(double x, Activation activation) => activation switch
    {
        Activation.QuickGelu => x / (1 + Math.Exp(-1.702 * x)),
        Activation.GeluTanh => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => x * NormalDistribution(x),
    };

    // Φ(x) by its power series, which converges for the small x here.
    private static double NormalDistribution(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= x * x / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }

    private double[][] Norm(double[][] hidden, string name, double epsilon) => [.. hidden.Select(token =>
    {
        var mean = token.Average();
        var deviation = Math.Sqrt(token.Average(x => (x - mean) * (x - mean)) + epsilon);
        return token.Select((x, d) => ((x - mean) / deviation * _weights[name + ".weight"][d]) + _weights[name + ".bias"][d]).ToArray();
    })];

    private static double[] Product(double[] x, double[] weight, double[]? bias, int first, int? count = null)
    {
        var result = new double[count ?? (weight.Length / x.Length)];
        for (var o = 0; o < result.Length; o++)
        {
            result[o] = bias?[first + o] ?? 0;
            for (var i = 0; i < x.Length; i++)
                result[o] += weight[((first + o) * x.Length) + i] * x[i];
        }

        return result;
    }

    private double[] Row(string name, int row, int width) => _weights[name][(row * width)..((row + 1) * width)];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
