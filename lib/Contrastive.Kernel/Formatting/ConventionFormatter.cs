using System.Globalization;
using System.Reflection;

namespace Contrastive.Kernel.Formatting;

/// <summary>
/// A duck-typed formatter, so that a type can display itself without a reference to any notebook's packages: the type has
/// an attribute named <c>TypeFormatterSourceAttribute</c> with <c>Type FormatterSourceType</c> and perhaps
/// <c>string[] PreferredMimeTypes</c>; that source has <c>IEnumerable&lt;object&gt; CreateTypeFormatters()</c>; each formatter has
/// <c>string MimeType</c> and <c>bool Format(object, TextWriter)</c>. .NET Interactive follows the same convention.
/// </summary>
internal sealed class ConventionFormatter
{
    private const string AttributeName = "TypeFormatterSourceAttribute";

    private readonly object _formatter;
    private readonly MethodInfo _format;

    private ConventionFormatter(object formatter)
    {
        var type = formatter.GetType();
        _formatter = formatter;
        _format = type.GetMethod("Format", [typeof(object), typeof(TextWriter)])
            ?? throw new InvalidOperationException($"The formatter '{type}' has no method 'bool Format(object, TextWriter)'.");
        MimeType = type.GetProperty("MimeType")?.GetValue(formatter) as string
            ?? throw new InvalidOperationException($"The formatter '{type}' has no property 'string MimeType'.");
    }

    public string MimeType { get; }

    /// <summary>The formatters of the type, of its base types and interfaces, the nearest first.</summary>
    public static IEnumerable<ConventionFormatter> For(Type type)
    {
        var carriers = Ancestry(type).Concat(type.GetInterfaces());
        return carriers.SelectMany(carrier => carrier.GetCustomAttributes(inherit: false))
            .Where(attribute => attribute.GetType().Name == AttributeName)
            .SelectMany(FromAttribute);
    }

    /// <summary>The content, or null if the formatter declines the value.</summary>
    public string? Format(object value)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        try
        {
            return _format.Invoke(_formatter, [value, writer]) is true ? writer.ToString() : null;
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException(
                $"The formatter '{_formatter.GetType()}' failed to write a '{value.GetType()}' as {MimeType}.", exception.InnerException);
        }
    }

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }
    }

    private static IEnumerable<ConventionFormatter> FromAttribute(object attribute)
    {
        var type = attribute.GetType();
        var source = type.GetProperty("FormatterSourceType")?.GetValue(attribute) as Type
            ?? throw new InvalidOperationException($"The attribute '{type}' has no property 'Type FormatterSourceType'.");
        var preferred = type.GetProperty("PreferredMimeTypes")?.GetValue(attribute) as string[] ?? [];
        var create = source.GetMethod("CreateTypeFormatters", Type.EmptyTypes)
            ?? throw new InvalidOperationException($"'{source}' has no method 'IEnumerable<object> CreateTypeFormatters()'.");
        var formatters = (IEnumerable<object>)create.Invoke(Activator.CreateInstance(source), null)!;
        return formatters.Select(formatter => new ConventionFormatter(formatter))
            .Where(formatter => preferred.Length == 0 || preferred.Contains(formatter.MimeType));
    }
}
