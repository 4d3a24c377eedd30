using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Encoders;

/// <summary>The JSON files of a model's folder.</summary>
internal static class ModelJson
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Reads a file and hands its object on; what is wrong with either is an error that names the file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or says what this library does not compute.</exception>
    public static T Read<T>(string path, Func<JsonObject, T> read)
    {
        try
        {
            return read(JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is not a JSON object."));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is not what a CLIP model has there: {error.Message.Split(" (Parameter", 2)[0]}", error);
        }
    }

    public static void Write(string path, JsonObject json) => File.WriteAllText(path, json.ToJsonString(Format) + "\n");

    /// <summary>The value under a name, or another where there is none.</summary>
    public static T Value<T>(this JsonObject json, string name, T otherwise) => json[name] is { } value ? value.GetValue<T>() : otherwise;

    /// <summary>Refuses every value under a name but those that are computed here; nothing there is fine.</summary>
    public static void Expect<T>(this JsonObject json, string name, params T[] computed)
    {
        if (json[name] is { } value && !computed.Contains(value.GetValue<T>()))
            throw new JsonException($"{name} is {value.ToJsonString()}, and only {string.Join(" or ", computed.Select(one => JsonSerializer.Serialize(one)))} is computed.");
    }

    /// <summary>An inner object; an empty one where there is none.</summary>
    public static JsonObject Inner(this JsonObject json, string name) => json[name] switch
    {
        JsonObject inner => inner,
        null => [],
        var other => throw new JsonException($"{name} is {other.ToJsonString()}; expected an object."),
    };

    public static float[] Floats(this JsonObject json, string name, IReadOnlyList<float> otherwise) => json[name] switch
    {
        null => [.. otherwise],
        JsonArray { Count: > 0 } numbers => [.. numbers.Select(number => number?.GetValue<float>() ?? throw new JsonException($"{name} has null among its numbers."))],
        var other => throw new JsonException($"{name} is {other.ToJsonString()}; expected numbers."),
    };

    public static JsonArray Array<T>(IEnumerable<T> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
