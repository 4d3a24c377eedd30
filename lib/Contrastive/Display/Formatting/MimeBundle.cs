using System.Collections.ObjectModel;
using System.Globalization;
using Microsoft.Data.Analysis;
using TorchSharp;

namespace Contrastive.Display;

/// <summary>A value's representations, by MIME type.</summary>
internal static class MimeBundle
{
    private static readonly string[] All = [MimeType.Html, MimeType.Png, MimeType.Plain];

    public static ReadOnlyDictionary<string, string> Of(object value)
    {
        var displayable = Displayable(value);
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mimeType in All)
        {
            if (displayable.As(mimeType) is { } text)
                content[mimeType] = text;
        }

        return content.AsReadOnly();
    }

    /// <summary>The value itself if it is displayable, a table for a data frame, otherwise its text.</summary>
    public static IDisplayable Displayable(object value) => value switch
    {
        IDisplayable displayable => displayable,
        DataFrame frame => Table.Of(frame),
        torch.Tensor tensor => new PlainText(tensor.ToString(TensorStringStyle.Numpy, cultureInfo: CultureInfo.InvariantCulture)),
        _ => new PlainText(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
