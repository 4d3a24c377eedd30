namespace Contrastive.Display;

/// <summary>A figure: interactive in a notebook, a few lines of text on a console. <see cref="Chart"/> makes them.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class Figure : IDisplayable
{
    internal Figure(FigureData data) => Data = data;

    /// <summary>The title above the figure.</summary>
    public string Title => Data.Title;

    internal FigureData Data { get; }

    /// <summary>The title and a one-line summary of each series.</summary>
    public override string ToString() => string.Join('\n', Data.Summary.Select(line => "  " + line).Prepend($"Figure: {Title}"));

    string? IDisplayable.As(string mimeType) => mimeType switch
    {
        MimeType.Html => FigureHtml.Write(Data),
        MimeType.Plain => ToString(),
        _ => null,
    };
}
