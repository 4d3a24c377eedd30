using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Contrastive.Encoders;

/// <summary>What Hugging Face's two folders cannot keep of a <see cref="DualEncoder"/>: <c>dual_encoder.json</c>.</summary>
internal sealed record DualEncoderSettings
{
    public const string File = "dual_encoder.json";
    private const string OurFormat = "Contrastive.DualEncoder";
    private const int OurVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public required string Format { get; init; }

    public required int Version { get; init; }

    /// <summary>Whether both folders hold the same encoder.</summary>
    public required bool Shared { get; init; }

    public required Tower Question { get; init; }

    public required Tower Passage { get; init; }

    public required DualEncoderOptions Options { get; init; }

    /// <exception cref="ArgumentException">A tower is not BERT.</exception>
    public static DualEncoderSettings Of(DualEncoder dual) => new()
    {
        Format = OurFormat,
        Version = OurVersion,
        Shared = dual.IsShared,
        Question = Tower.Of(dual.Question),
        Passage = Tower.Of(dual.Passage),
        Options = dual.Options,
    };

    /// <exception cref="InvalidDataException">The file is damaged, not ours, or of another version.</exception>
    public static DualEncoderSettings Read(string path)
    {
        try
        {
            var text = System.IO.File.ReadAllText(path);
            using (var document = JsonDocument.Parse(text))
                CheckKind(document.RootElement, path);
            return JsonSerializer.Deserialize<DualEncoderSettings>(text, Json)!;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    public void Write(string path) => System.IO.File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private static void CheckKind(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format)
            || format.ValueKind != JsonValueKind.String || format.GetString() != OurFormat)
        {
            throw new InvalidDataException($"'{path}' is not the settings of a dual encoder: its \"format\" is not \"{OurFormat}\".");
        }

        if (root.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number && version.GetDouble() != OurVersion)
            throw new InvalidDataException($"'{path}' has version {version.GetRawText()}, and this library reads {OurVersion}; save it with the library that is to read it.");
    }

    /// <summary>What a tower has beside BERT and its tokenizer.</summary>
    internal sealed record Tower
    {
        public required Pooling Pooling { get; init; }

        public required int MaxLength { get; init; }

        public static Tower Of(SentenceEncoder encoder) => new()
        {
            Pooling = encoder.Pooling ?? throw new ArgumentException(
                $"A {encoder.Encoder.GetType().Name} cannot be saved in Hugging Face's layout, only a {nameof(BertEncoder)}; use a checkpoint.", nameof(encoder)),
            MaxLength = encoder.MaxLength,
        };
    }
}
