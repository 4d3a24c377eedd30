using System.Text.RegularExpressions;
using Contrastive.Weights;

namespace Contrastive.Encoders;

/// <summary>The sizes of a model, as the shapes of OpenAI's tensors say them.</summary>
/// <param name="file">The weights.</param>
internal sealed partial class OpenAiSizes(WeightFile file)
{
    private const string Stem = "visual.conv1.weight", Tokens = "token_embedding.weight";

    // In OpenAI's models, whose files do not say it.
    private const int HeadWidth = 64;

    private readonly HashSet<string> _names = [.. file.Names];

    /// <summary>What stands before all names: nothing, or what a checkpoint of a training has there.</summary>
    public string Prefix { get; } = file.Names.FirstOrDefault(name => name == Stem || name.EndsWith("." + Stem, StringComparison.Ordinal)) is { } stem
        ? stem[..^Stem.Length]
        : throw new InvalidDataException(Foreign(file));

    /// <summary>What stands before the names of the text tower.</summary>
    public string Text => Has("text." + Tokens) ? "text." : "";

    /// <summary>Whether the file holds, beside the weights, the sizes that only OpenAI's own archives hold.</summary>
    public bool IsOpenAis => Has("input_resolution") && Has("context_length") && Has("vocab_size");

    /// <summary>The sizes of both towers.</summary>
    /// <param name="activation">The activation of both, which no shape tells.</param>
    /// <param name="headWidth">The width of a head of the image tower. <value>The default is 64, OpenAI's.</value></param>
    /// <param name="textHeads">The heads of the text tower. <value>By default they are of width 64, as OpenAI's.</value></param>
    /// <exception cref="InvalidDataException">A tensor that tells a size is missing, or tells no possible one.</exception>
    public ReleasedClip Read(Activation activation, int? headWidth, int? textHeads)
    {
        var (context, joint) = (Shape(Text + "positional_embedding", 2)[0], Shape(Text + "text_projection", 2)[1]);
        var (words, width) = (Shape(Text + Tokens, 2)[0], Shape(Text + Tokens, 2)[1]);
        var blocks = Text + "transformer.resblocks.";
        var text = new ClipTextConfig
        {
            VocabularySize = words,
            ContextLength = context,
            Width = width,
            Layers = Count(blocks, ".ln_1.weight"),
            Heads = textHeads ?? Heads("text", width, null),
            IntermediateSize = Shape(blocks + "0.mlp.c_fc.weight", 2)[0],
            Activation = activation,
        };
        var sigmoid = Has("logit_bias");
        return Has("visual.attnpool.positional_embedding")
            ? new ReleasedClip(null, Network(headWidth), text, joint, sigmoid)
            : new ReleasedClip(Vision(activation, headWidth), null, text, joint, sigmoid);
    }

    private VisionTransformerConfig Vision(Activation activation, int? headWidth)
    {
        var stem = Shape(Stem, 4);
        var (width, patch, blocks) = (stem[0], stem[3], "visual.transformer.resblocks.");
        return new VisionTransformerConfig
        {
            ImageSize = patch * Grid("visual.positional_embedding"),
            PatchSize = patch,
            Channels = stem[1],
            Width = width,
            Layers = Count(blocks, ".ln_1.weight"),
            Heads = Heads("image", width, headWidth),
            IntermediateSize = Shape(blocks + "0.mlp.c_fc.weight", 2)[0],
            Activation = activation,
        };
    }

    private ModifiedResNetConfig Network(int? headWidth)
    {
        var width = Shape("visual.conv3.weight", 4)[0];
        return new ModifiedResNetConfig
        {
            ImageSize = ModifiedResNet.Reduction * Grid("visual.attnpool.positional_embedding"),
            Layers = [.. Enumerable.Range(1, 4).Select(stage => Count($"visual.layer{stage}.", ".conv1.weight"))],
            Width = width,
            Heads = Heads("image", width * ModifiedResNet.Reduction, headWidth),
            OutputWidth = Shape("visual.attnpool.c_proj.weight", 2)[0],
        };
    }

    private bool Has(string name) => _names.Contains(Prefix + name);

    private int[] Shape(string name, int dimensions)
    {
        if (!Has(name))
            throw new InvalidDataException($"The weights do not fit the layout of OpenAI and open_clip: there is no '{Prefix + name}'.");
        using var tensor = file.Read(Prefix + name);
        return tensor.dim() == dimensions && tensor.numel() > 0
            ? [.. tensor.shape.Select(size => checked((int)size))]
            : throw new InvalidDataException($"'{Prefix + name}' is {Contrastive.Torch.TensorText.Shape(tensor)}; expected {dimensions} dimensions.");
    }

    // One position before those of a square.
    private int Grid(string name)
    {
        var places = Shape(name, 2)[0] - 1;
        var grid = (int)Math.Round(Math.Sqrt(Math.Max(places, 0)));
        return grid > 0 && grid * grid == places
            ? grid
            : throw new InvalidDataException($"'{Prefix + name}' has {places + 1} positions; expected one more than the places of a square image.");
    }

    private int Count(string before, string after) =>
        _names.Count(name => name.StartsWith(Prefix + before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal) && Number().IsMatch(name[(Prefix + before).Length..^after.Length]));

    private static int Heads(string tower, int width, int? headWidth)
    {
        var each = headWidth ?? HeadWidth;
        return each > 0 && width % each == 0
            ? width / each
            : throw new InvalidDataException(
                $"The {tower} tower's attention has {width} channels, which heads of {each} do not divide. The heads of OpenAI's models have {HeadWidth}; those of another model stand in its open_clip_config.json.");
    }

    private static string Foreign(WeightFile file)
    {
        var why = file.Names.Any(name => name.StartsWith("text_model.", StringComparison.Ordinal) || name.StartsWith("vision_model.", StringComparison.Ordinal))
            ? "it is in Hugging Face's layout; give the folder with its config.json instead of the file"
            : file.Names.Any(name => name.Contains("visual.trunk.", StringComparison.Ordinal)) ? "its image tower is one of timm's, which is not computed here"
            : $"there is no '{Stem}'; it has {string.Join(", ", file.Names.Take(3))}{(file.Names.Count > 3 ? ", …" : "")}";
        return $"These are no weights of OpenAI's CLIP or of open_clip: {why}.";
    }

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Number();
}
