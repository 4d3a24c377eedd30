using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Contrastive.Data;

/// <summary>The fields of JSON objects, read token by token so that nothing but the values wanted is held.</summary>
internal static class JsonFields
{
    /// <summary>Moves into an object, from its first token or from before it.</summary>
    public static void Begin(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.None)
            json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"expected an object in braces, found {Kind(json.TokenType)}.");
    }

    /// <summary>Moves to the name of the object's next field; false at its end.</summary>
    public static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>The text of the field; empty for null.</summary>
    public static string Text(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.String => Decoded(ref json, name),
            JsonTokenType.Null => "",
            _ => throw new JsonException($"'{name}' is {Kind(json.TokenType)}; expected text."),
        };
    }

    /// <summary>The field's elements; none for null.</summary>
    public static List<T> List<T>(ref Utf8JsonReader json, JsonLines.Parser<T> parse)
    {
        var (name, elements) = (json.GetString(), new List<T>());
        json.Read();
        if (json.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
            throw new JsonException($"'{name}' is {Kind(json.TokenType)}; expected an array.");
        while (json.TokenType != JsonTokenType.Null && json.Read() && json.TokenType != JsonTokenType.EndArray)
            elements.Add(parse(ref json));
        return elements;
    }

    /// <summary>The field's texts, each once; none for null.</summary>
    public static IReadOnlyList<string> Texts(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        return [.. List(ref json, (ref Utf8JsonReader element) => element.TokenType == JsonTokenType.String
            ? Decoded(ref element, name)
            : throw new JsonException($"'{name}' holds {Kind(element.TokenType)}; expected texts.")).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The field's number, also one that is written as text; null for null.</summary>
    public static double? Number(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        json.Read();
        var text = json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number or JsonTokenType.String => Encoding.UTF8.GetString(json.ValueSpan),
            _ => throw new JsonException($"'{name}' is {Kind(json.TokenType)}; expected a number."),
        };
        if (text is null)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new JsonException($"'{name}' is '{text}'; expected a finite number.");
    }

    /// <summary>Whether the field is true.</summary>
    public static bool Flag(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        json.Read();
        return json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.TokenType == JsonTokenType.True
            : throw new JsonException($"'{name}' is {Kind(json.TokenType)}; expected true or false.");
    }

    /// <summary>The name that the field gives: a text that is not empty, or a number as it is written.</summary>
    public static string Id(ref Utf8JsonReader json)
    {
        var name = json.GetString();
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.String when Decoded(ref json, name) is { Length: > 0 } id => id,
            JsonTokenType.String => throw new JsonException($"'{name}' is empty; expected a name."),
            JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
            _ => throw new JsonException($"'{name}' is {Kind(json.TokenType)}; expected a name or a number."),
        };
    }

    /// <summary>The value of a field that must be there.</summary>
    public static T Required<T>(T? value, string name) where T : class => value ?? throw new JsonException($"there is no '{name}'.");

    /// <summary>An error as a clause: what is wrong and, for what is not JSON at all, where.</summary>
    public static string What(JsonException error)
    {
        if (error.BytePositionInLine is not { } bytes)
            return error.Message;
        var reason = error.Message.Split(" LineNumber:")[0].TrimEnd('.', ' ');
        return string.Create(CultureInfo.InvariantCulture, $"it is not JSON: {reason} (after {bytes:N0} bytes).");
    }

    /// <summary>What a value is, in words.</summary>
    public static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    private static string Decoded(ref Utf8JsonReader json, string? name)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException($"'{name}' holds half a character: an escape such as \\ud83d without the half that belongs to it.");
        }
    }
}
