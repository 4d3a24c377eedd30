using System.Collections;
using System.Globalization;
using System.Reflection;

namespace Contrastive.Kernel.Formatting;

/// <summary>A value in plain text: numbers in the invariant culture, the first elements of a sequence, the properties of an
/// object.</summary>
internal static class PlainText
{
    private const int LongestSequence = 40;
    private const int Deepest = 3;

    public static string Of(object value) => value is string text ? text : Write(value, 0);

    private static string Write(object? value, int depth) => value switch
    {
        null => "null",
        string text => '"' + text + '"',
        char character => "'" + character + "'",
        bool truth => truth ? "true" : "false",
        Type type => Name(type),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ when WritesItself(value.GetType()) => value.ToString() ?? "null",
        IDictionary dictionary => Braced(Entries(dictionary, depth), depth),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => Name(value.GetType()) + " " + Braced(Properties(value), depth),
    };

    /// <summary>Whether a type overrides <see cref="object.ToString"/>, as records and tuples do: its own text is preferred.</summary>
    private static bool WritesItself(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is var owner && owner != typeof(object) && owner != typeof(ValueType)
        && owner != typeof(Array);

    private static string Sequence(IEnumerable sequence, int depth)
    {
        if (depth >= Deepest)
        {
            return "[…]";
        }

        var elements = new List<string>();
        var count = 0;
        foreach (var element in sequence)
        {
            if (count++ < LongestSequence)
            {
                elements.Add(Write(element, depth + 1));
            }
            else if (sequence is not ICollection)
            {
                return $"[{string.Join(", ", elements)}, …]";
            }
        }

        var rest = count - elements.Count;
        return rest > 0
            ? string.Create(CultureInfo.InvariantCulture, $"[{string.Join(", ", elements)}, … {rest} more]")
            : $"[{string.Join(", ", elements)}]";
    }

    private static IEnumerable<(string Name, object? Value)> Entries(IDictionary dictionary, int depth)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return (Write(entry.Key, depth + 1), entry.Value);
        }
    }

    private static string Braced(IEnumerable<(string Name, object? Value)> parts, int depth) =>
        depth >= Deepest ? "{…}" : "{ " + string.Join(", ", parts.Take(LongestSequence).Select(part => $"{part.Name}: {Write(part.Value, depth + 1)}")) + " }";

    private static IEnumerable<(string Name, object? Value)> Properties(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => (property.Name, Read(property, value)));

    private static object? Read(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException exception)
        {
            return $"({exception.InnerException?.GetType().Name})";
        }
    }

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
