namespace Contrastive.Display;

/// <summary>plotly.js as an output that shows nothing.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
internal sealed class ScriptDisplay : IDisplayable
{
    public string? As(string mimeType) => mimeType switch
    {
        MimeType.Html => PlotlyScript.Html(),
        MimeType.Plain => "",
        _ => null,
    };
}
