namespace Contrastive.Kernel.Formatting;

/// <summary>Converts a value to its display contents, by MIME type; plain text is always among them.</summary>
public static class ValueFormatter
{
    private const string Plain = "text/plain";

    /// <summary>Formats a value with the formatters that its type declares, else as plain text.</summary>
    /// <param name="value">The value.</param>
    /// <returns>MIME type to content; <c>image/png</c> as base64.</returns>
    public static IReadOnlyDictionary<string, string> Format(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var formatter in ConventionFormatter.For(value.GetType()))
        {
            if (!content.ContainsKey(formatter.MimeType) && formatter.Format(value) is { } text)
            {
                content[formatter.MimeType] = text;
            }
        }

        if (!content.ContainsKey(Plain))
        {
            content[Plain] = PlainText.Of(value);
        }

        return content;
    }
}
