using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Encoders;

/// <summary>The <c>config.json</c> of Hugging Face's <c>CLIPModel</c> and <c>SiglipModel</c>.</summary>
internal static class HuggingFaceClip
{
    public const string Clip = "clip", Siglip = "siglip";

    private static readonly (Activation Activation, string Name)[] Activations =
        [(Activation.QuickGelu, "quick_gelu"), (Activation.Gelu, "gelu"), (Activation.GeluTanh, "gelu_pytorch_tanh")];

    /// <summary>The defaults of the classes, for what a file leaves out. CLIP's are this library's own.</summary>
    private static readonly VisionTransformerConfig SiglipVision = new() { PatchSize = 16, Activation = Activation.GeluTanh, Pooling = ImagePooling.Attention, LayerNormEpsilon = 1e-6 };
    private static readonly ClipTextConfig SiglipText = new()
    {
        VocabularySize = 32_000,
        ContextLength = 64,
        Width = 768,
        Heads = 12,
        IntermediateSize = 3072,
        Activation = Activation.GeluTanh,
        Pooling = TextPooling.Last,
        Causal = false,
        LayerNormEpsilon = 1e-6,
    };

    public static ReleasedClip Read(JsonObject json)
    {
        json.Expect("model_type", Clip, Siglip);
        var isSiglip = json.Value("model_type", "") switch
        {
            Clip => false,
            Siglip => true,
            _ => throw new JsonException("model_type is missing; expected \"clip\" or \"siglip\"."),
        };
        var vision = Vision(Tower(json, "vision_config"), isSiglip ? SiglipVision : new VisionTransformerConfig());
        var text = Text(Tower(json, "text_config"), isSiglip ? SiglipText : new ClipTextConfig());
        var width = isSiglip ? vision.Width : json.Value("projection_dim", 512);
        // The check names what is out of its range.
        new ClipConfig { Vision = vision, Text = text, ProjectionWidth = width, Sigmoid = isSiglip }.Checked();
        return new ReleasedClip(vision, null, text, width, isSiglip);
    }

    /// <summary>Which of both a model is.</summary>
    /// <returns><see cref="Clip"/>, <see cref="Siglip"/>, or null for neither.</returns>
    public static string? Kind(ReleasedClip model) => (model.Vision?.Pooling, model.Text.Pooling, model.Text.Causal, model.Sigmoid) switch
    {
        (ImagePooling.Class, TextPooling.EndOfText, true, false) => Clip,
        (ImagePooling.Attention, TextPooling.Last, false, true) => Siglip,
        _ => null,
    };

    public static JsonObject Write(ReleasedClip model, TextTokenizer tokenizer)
    {
        var (isSiglip, vision, text) = (model.Sigmoid, model.Vision!, model.Text);
        var (visionJson, textJson) = (new JsonObject
        {
            ["model_type"] = isSiglip ? "siglip_vision_model" : "clip_vision_model",
            ["hidden_size"] = vision.Width,
            ["intermediate_size"] = vision.IntermediateSize,
            ["num_hidden_layers"] = vision.Layers,
            ["num_attention_heads"] = vision.Heads,
            ["num_channels"] = vision.Channels,
            ["image_size"] = vision.ImageSize,
            ["patch_size"] = vision.PatchSize,
            ["hidden_act"] = Name(vision.Activation),
            ["layer_norm_eps"] = vision.LayerNormEpsilon,
        }, new JsonObject
        {
            ["model_type"] = isSiglip ? "siglip_text_model" : "clip_text_model",
            ["vocab_size"] = text.VocabularySize,
            ["hidden_size"] = text.Width,
            ["intermediate_size"] = text.IntermediateSize,
            ["num_hidden_layers"] = text.Layers,
            ["num_attention_heads"] = text.Heads,
            ["max_position_embeddings"] = text.ContextLength,
            ["hidden_act"] = Name(text.Activation),
            ["layer_norm_eps"] = text.LayerNormEpsilon,
        });
        if (tokenizer is ClipTokenizer clip)
        {
            // transformers takes the feature from the first end-of-text token, and pads with the same.
            (textJson["bos_token_id"], textJson["eos_token_id"], textJson["pad_token_id"]) = (clip.StartId, clip.EndId, isSiglip ? clip.PaddingId : clip.EndId);
        }

        var json = new JsonObject { ["architectures"] = new JsonArray(isSiglip ? "SiglipModel" : "CLIPModel"), ["model_type"] = isSiglip ? Siglip : Clip };
        if (!isSiglip)
        {
            json["projection_dim"] = model.ProjectionWidth;
            (visionJson["projection_dim"], textJson["projection_dim"]) = (model.ProjectionWidth, model.ProjectionWidth);
        }

        (json["text_config"], json["vision_config"]) = (textJson, visionJson);
        return json;
    }

    // The released name of a tensor: the scalars stand at the top.
    public static ReleasedTensor Name(string own) => new(own is "scale.logit_scale" or "bias.logit_bias" ? own.Split('.')[1] : own);

    // Older files of CLIP have a second object with the numbers that count.
    private static JsonObject Tower(JsonObject json, string name)
    {
        var tower = (JsonObject)json.Inner(name).DeepClone();
        foreach (var (key, value) in json.Inner(name + "_dict"))
            tower[key] = value?.DeepClone();
        return tower;
    }

    private static VisionTransformerConfig Vision(JsonObject json, VisionTransformerConfig defaults)
    {
        json.Expect("vision_use_head", true);
        return defaults with
        {
            ImageSize = json.Value("image_size", defaults.ImageSize),
            PatchSize = json.Value("patch_size", defaults.PatchSize),
            Channels = json.Value("num_channels", defaults.Channels),
            Width = json.Value("hidden_size", defaults.Width),
            Layers = json.Value("num_hidden_layers", defaults.Layers),
            Heads = json.Value("num_attention_heads", defaults.Heads),
            IntermediateSize = json.Value("intermediate_size", defaults.IntermediateSize),
            Activation = Activated(json, defaults.Activation),
            LayerNormEpsilon = json.Value("layer_norm_eps", defaults.LayerNormEpsilon),
        };
    }

    private static ClipTextConfig Text(JsonObject json, ClipTextConfig defaults)
    {
        var text = defaults with
        {
            VocabularySize = json.Value("vocab_size", defaults.VocabularySize),
            ContextLength = json.Value("max_position_embeddings", defaults.ContextLength),
            Width = json.Value("hidden_size", defaults.Width),
            Layers = json.Value("num_hidden_layers", defaults.Layers),
            Heads = json.Value("num_attention_heads", defaults.Heads),
            IntermediateSize = json.Value("intermediate_size", defaults.IntermediateSize),
            Activation = Activated(json, defaults.Activation),
            LayerNormEpsilon = json.Value("layer_norm_eps", defaults.LayerNormEpsilon),
        };
        if (text.Pooling == TextPooling.Last)
            json.Expect("projection_size", text.Width);
        return text;
    }

    private static Activation Activated(JsonObject json, Activation otherwise)
    {
        json.Expect("hidden_act", [.. Activations.Select(entry => entry.Name)]);
        return json["hidden_act"] is { } name ? Activations.Single(entry => entry.Name == name.GetValue<string>()).Activation : otherwise;
    }

    private static string Name(Activation activation) => Activations.Single(entry => entry.Activation == activation).Name;
}
