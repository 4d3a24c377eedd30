using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The size and settings of a BERT encoder, as in Hugging Face's <c>config.json</c>. The defaults are BERT-base uncased.</summary>
public sealed record BertConfig
{
    /// <summary>Rows of the word embedding. <value>The default is 30,522.</value></summary>
    public int VocabularySize { get; init; } = 30_522;

    /// <summary>Width H of the hidden states. <value>The default is 768.</value></summary>
    public int HiddenSize { get; init; } = 768;

    /// <summary>Transformer layers. <value>The default is 12.</value></summary>
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads per layer; they divide the width. <value>The default is 12.</value></summary>
    public int Heads { get; init; } = 12;

    /// <summary>Width of the feed-forward layer. <value>The default is 3,072.</value></summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>The longest sequence, special tokens included. <value>The default is 512.</value></summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Token types in a sequence: the first text and the second. <value>The default is 2.</value></summary>
    public int TypeCount { get; init; } = 2;

    /// <summary>Dropout after embeddings and layers; unsupervised SimCSE's only augmentation. <value>The default is 0.1, the
    /// paper's.</value></summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Dropout of the attention weights. <value>The default is 0.1.</value></summary>
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>The epsilon of layer normalization. <value>The default is 1e-12.</value></summary>
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>Standard deviation of the initial weights. <value>The default is 0.02.</value></summary>
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>The id of <c>[PAD]</c>, whose embedding is not trained. <value>The default is 0.</value></summary>
    public int PaddingId { get; init; }

    /// <summary>A preset that trains on a CPU: 4 layers, width 256, 4 heads, 128 positions.</summary>
    /// <param name="vocabularySize">The tokenizer's vocabulary size.</param>
    public static BertConfig Small(int vocabularySize) => new()
    {
        VocabularySize = vocabularySize,
        HiddenSize = 256,
        Layers = 4,
        Heads = 4,
        IntermediateSize = 1024,
        MaxPositions = 128,
    };

    /// <summary>Reads a <c>config.json</c> of BERT, or of one of DPR's encoders. Keys that it omits take Hugging Face's defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not the configuration of a BERT encoder that this library computes exactly.</exception>
    public static BertConfig Load(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no configuration '{path}'; a model folder has its config.json.", path);
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is not a JSON object.");
            ExpectBert(json);
            Expect(json, "hidden_act", "gelu");
            Expect(json, "position_embedding_type", "absolute");
            return Read(json).Checked();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is not the configuration of a BERT encoder: {error.Message.Split(" (Parameter", 2)[0]}", error);
        }
    }

    /// <summary>Writes a <c>config.json</c> that Hugging Face's transformers can read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">The class of the model whose weights are beside it. <value>The default is
    /// <c>BertModel</c>.</value></param>
    public void Save(string path, string architecture = "BertModel")
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray(architecture),
            ["model_type"] = "bert",
            ["vocab_size"] = VocabularySize,
            ["hidden_size"] = HiddenSize,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Heads,
            ["intermediate_size"] = IntermediateSize,
            ["hidden_act"] = "gelu",
            ["hidden_dropout_prob"] = Dropout,
            ["attention_probs_dropout_prob"] = AttentionDropout,
            ["max_position_embeddings"] = MaxPositions,
            ["type_vocab_size"] = TypeCount,
            ["initializer_range"] = InitializerRange,
            ["layer_norm_eps"] = LayerNormEpsilon,
            ["pad_token_id"] = PaddingId,
            ["position_embedding_type"] = "absolute",
        };
        File.WriteAllText(path, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>This configuration, after a check that its numbers make a valid model.</summary>
    /// <exception cref="ArgumentException">A size is below one, the heads do not divide the width, or a dropout is outside
    /// [0, 1).</exception>
    internal BertConfig Checked()
    {
        (string Name, int Value)[] sizes = [("vocab_size", VocabularySize), ("hidden_size", HiddenSize), ("num_hidden_layers", Layers),
            ("num_attention_heads", Heads), ("intermediate_size", IntermediateSize), ("max_position_embeddings", MaxPositions), ("type_vocab_size", TypeCount)];
        foreach (var (name, value) in sizes)
            Require.AtLeast(value, 1, name: name);
        if (HiddenSize % Heads != 0)
            throw new ArgumentException($"num_attention_heads is {Heads}; expected a divisor of hidden_size, {HiddenSize}.");
        Require.Fraction(Dropout, "hidden_dropout_prob");
        Require.Fraction(AttentionDropout, "attention_probs_dropout_prob");
        Require.Between(PaddingId, 0, VocabularySize - 1, "the ids of the tokens", "pad_token_id");
        return this;
    }

    private static BertConfig Read(JsonObject json)
    {
        var defaults = new BertConfig();
        return new BertConfig
        {
            VocabularySize = Number(json, "vocab_size", defaults.VocabularySize),
            HiddenSize = Number(json, "hidden_size", defaults.HiddenSize),
            Layers = Number(json, "num_hidden_layers", defaults.Layers),
            Heads = Number(json, "num_attention_heads", defaults.Heads),
            IntermediateSize = Number(json, "intermediate_size", defaults.IntermediateSize),
            MaxPositions = Number(json, "max_position_embeddings", defaults.MaxPositions),
            TypeCount = Number(json, "type_vocab_size", defaults.TypeCount),
            Dropout = Number(json, "hidden_dropout_prob", defaults.Dropout),
            AttentionDropout = Number(json, "attention_probs_dropout_prob", defaults.AttentionDropout),
            LayerNormEpsilon = Number(json, "layer_norm_eps", defaults.LayerNormEpsilon),
            InitializerRange = Number(json, "initializer_range", defaults.InitializerRange),
            PaddingId = Number(json, "pad_token_id", defaults.PaddingId),
        };
    }

    private static T Number<T>(JsonObject json, string name, T otherwise) => json[name] is { } value ? value.GetValue<T>() : otherwise;

    /// <summary>A DPR encoder is a BERT, unless its vectors are projected to another width.</summary>
    private static void ExpectBert(JsonObject json)
    {
        if (json["model_type"]?.GetValue<string>() != "dpr")
            Expect(json, "model_type", "bert");
        else if (Number(json, "projection_dim", 0) is var width && width != 0)
            throw new JsonException($"projection_dim is {width}, and only a DPR encoder without a projection, 0, is computed.");
    }

    private static void Expect(JsonObject json, string name, string expected)
    {
        if (json[name] is { } value && value.GetValue<string>() != expected)
            throw new JsonException($"{name} is '{value}', and only '{expected}' is computed. Take the folder of a BERT model, such as bert-base-uncased.");
    }
}
