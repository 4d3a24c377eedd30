using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Weights;

namespace Contrastive.Encoders;

/// <summary>The <c>open_clip_config.json</c> of open_clip: what the shapes of the weights do not say, and sizes to compare with them.</summary>
internal static class OpenClipConfig
{
    public const string File = "open_clip_config.json";

    // OpenAI's layer, which open_clip takes from PyTorch's defaults.
    private const double Epsilon = 1e-5;

    // What changes nothing in a trained model's results, or is read here; another setting is refused by its name.
    private static readonly HashSet<string> ModelKeys =
        ["embed_dim", "vision_cfg", "text_cfg", "quick_gelu", "custom_text", "init_logit_scale", "init_logit_bias", "cast_dtype", "output_dict"];
    private static readonly HashSet<string> VisionKeys = ["image_size", "layers", "width", "patch_size", "head_width", "mlp_ratio", "patch_dropout"];
    private static readonly HashSet<string> TextKeys = ["context_length", "vocab_size", "width", "heads", "layers", "mlp_ratio"];

    /// <summary>The sizes and the preprocessing of the weights beside a configuration.</summary>
    /// <exception cref="JsonException">It asks for what is not computed, or contradicts the weights.</exception>
    public static (ReleasedClip Sizes, ImagePreprocessing Preprocessing) Read(JsonObject json, WeightFile file)
    {
        var model = json.Inner("model_cfg");
        var (vision, text) = (model.Inner("vision_cfg"), model.Inner("text_cfg"));
        Refuse("model_cfg", model, ModelKeys);
        Refuse("vision_cfg", vision, VisionKeys);
        Refuse("text_cfg", text, TextKeys);
        var activation = model.Value("quick_gelu", false) ? Activation.QuickGelu : Activation.Gelu;
        var sizes = new OpenAiSizes(file).Read(activation, vision.Value("head_width", 64), text.Value("heads", 8));
        if (sizes.Vision is not null)
            sizes = sizes with { Vision = sizes.Vision with { PatchDropout = vision.Value("patch_dropout", 0.0) } };
        foreach (var (at, name, found) in Found(sizes))
        {
            if (at.Length == 0 ? Differs(model, name, found) : Differs(model.Inner(at), name, found))
                throw new JsonException($"{name} is {(at.Length == 0 ? model : model.Inner(at))[name]!.ToJsonString()}, and the weights have {found}; they belong to different models.");
        }

        return (sizes, Preprocessing(json.Inner("preprocess_cfg"), sizes.ImageSize));
    }

    public static JsonObject Write(ReleasedClip model, ImagePreprocessing preprocessing)
    {
        var (vision, text, activation) = (new JsonObject { ["image_size"] = model.ImageSize }, model.Text, model.Text.Activation);
        if (model.Vision is { } transformer)
        {
            (vision["layers"], vision["width"], vision["head_width"], vision["patch_size"], vision["mlp_ratio"]) =
                (transformer.Layers, transformer.Width, transformer.Width / transformer.Heads, transformer.PatchSize, (double)transformer.IntermediateSize / transformer.Width);
        }
        else
        {
            (vision["layers"], vision["width"], vision["head_width"], vision["patch_size"]) =
                (ModelJson.Array(model.Network!.Layers), model.Network.Width, model.Network.MapWidth / model.Network.Heads, null);
        }

        var config = new JsonObject
        {
            ["embed_dim"] = model.ProjectionWidth,
            ["quick_gelu"] = activation == Activation.QuickGelu,
            ["vision_cfg"] = vision,
            ["text_cfg"] = new JsonObject
            {
                ["context_length"] = text.ContextLength,
                ["vocab_size"] = text.VocabularySize,
                ["width"] = text.Width,
                ["heads"] = text.Heads,
                ["layers"] = text.Layers,
                ["mlp_ratio"] = (double)text.IntermediateSize / text.Width,
            },
        };
        if (model.Sigmoid)
            config["init_logit_bias"] = -10;
        return new JsonObject
        {
            ["model_cfg"] = config,
            ["preprocess_cfg"] = new JsonObject
            {
                ["mean"] = ModelJson.Array(preprocessing.Mean),
                ["std"] = ModelJson.Array(preprocessing.Std),
                ["interpolation"] = "bicubic",
                ["resize_mode"] = preprocessing.Crop ? "shortest" : "squash",
            },
        };
    }

    /// <summary>What of a model this layout does not hold; null where it holds all.</summary>
    public static string? Lacks(ReleasedClip model) => model switch
    {
        { Vision.Pooling: not ImagePooling.Class and var pooling } => $"the image tower's pooling is {pooling}",
        { Text.Pooling: not TextPooling.EndOfText and var pooling } => $"the text tower's pooling is {pooling}",
        { Text.Causal: false } => "the text tower's attention is not causal",
        { Text.Activation: Activation.GeluTanh } => $"the activation is {Activation.GeluTanh}",
        { Vision: { } vision } when vision.Activation != model.Text.Activation => "the towers' activations differ",
        { Text.LayerNormEpsilon: not Epsilon } or { Vision.LayerNormEpsilon: not Epsilon } => $"an epsilon of layer normalization is not {Epsilon}",
        _ => null,
    };

    private static IEnumerable<(string At, string Name, int Found)> Found(ReleasedClip sizes)
    {
        yield return ("", "embed_dim", sizes.ProjectionWidth);
        yield return ("vision_cfg", "image_size", sizes.ImageSize);
        yield return ("vision_cfg", "width", sizes.Vision?.Width ?? sizes.Network!.Width);
        if (sizes.Vision is { } vision)
        {
            yield return ("vision_cfg", "patch_size", vision.PatchSize);
            yield return ("vision_cfg", "layers", vision.Layers);
        }

        yield return ("text_cfg", "context_length", sizes.Text.ContextLength);
        yield return ("text_cfg", "vocab_size", sizes.Text.VocabularySize);
        yield return ("text_cfg", "width", sizes.Text.Width);
        yield return ("text_cfg", "layers", sizes.Text.Layers);
    }

    private static bool Differs(JsonObject json, string name, int found) => json[name] is { } value && (value is not JsonValue number || number.GetValue<int>() != found);

    private static ImagePreprocessing Preprocessing(JsonObject json, int imageSize)
    {
        json.Expect("interpolation", "bicubic");
        json.Expect("resize_mode", "shortest", "squash");
        var defaults = new ImagePreprocessing { Size = imageSize };
        return defaults with { Mean = json.Floats("mean", defaults.Mean), Std = json.Floats("std", defaults.Std), Crop = json.Value("resize_mode", "shortest") == "shortest" };
    }

    private static void Refuse(string at, JsonObject json, HashSet<string> known)
    {
        foreach (var (name, value) in json)
        {
            if (!known.Contains(name) && value is not null && value.ToJsonString() is not ("false" or "null"))
                throw new JsonException($"{at} has {name} = {value.ToJsonString()}, which is not computed here.");
        }
    }
}
