using System.Globalization;
using System.Text.Json;

namespace Contrastive.Runs;

/// <summary>Reads the value of an overridden parameter as the type that the lesson declared.</summary>
internal static class ParameterValue
{
    public static T Parse<T>(string name, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        var parsed = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null ? null : Parse(type, text);
        return parsed is T fitting
            ? fitting
            : throw new ArgumentException($"Parameter '{name}' was set to '{text}'; expected {Describe(type)}, as in --set {name}={Example(type)}.");
    }

    private static object? Parse(Type type, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return bool.TryParse(text, out var truth) ? truth : null;
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var small) ? small : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out var whole) ? whole : null;
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, culture, out var real) && double.IsFinite(real) ? real : null;
        if (type == typeof(float))
            return float.TryParse(text, NumberStyles.Float, culture, out var single) && float.IsFinite(single) ? single : null;
        if (type.IsEnum)
        {
            var name = Enum.GetNames(type).FirstOrDefault(candidate => string.Equals(candidate, text, StringComparison.OrdinalIgnoreCase));
            return name is null ? null : Enum.Parse(type, name);
        }

        throw new NotSupportedException($"A parameter of type {type.Name} cannot be set from the command line; use a number, bool, string or enum.");
    }

    private static string Describe(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) || type == typeof(float) => "a finite number",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ => "text",
    };

    private static string Example(Type type) => type switch
    {
        _ when type == typeof(bool) => "true",
        _ when type == typeof(int) || type == typeof(long) => "128",
        _ when type == typeof(double) || type == typeof(float) => "0.5",
        _ when type.IsEnum => Enum.GetNames(type)[0],
        _ => "text",
    };
}
