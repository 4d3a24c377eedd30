namespace Contrastive.Display;

/// <summary>A displayed value that can be replaced with a newer one.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = [MimeType.Html, MimeType.Plain])]
public sealed class DisplayHandle : IDisplayable
{
    private readonly Action<IDisplayable> _update;

    internal DisplayHandle(IDisplayHost host, IDisplayable value)
    {
        Updates = host.Updates;
        _update = host.Show(Id, value);
    }

    /// <summary>The display's id, unique in the notebook.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether an update replaces what is on the screen; a console prints it again instead.</summary>
    internal bool Updates { get; }

    /// <summary>Replaces what is shown.</summary>
    /// <param name="value">The newer value.</param>
    public void Update(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _update(MimeBundle.Displayable(value));
    }

    /// <summary>Nothing: a handle that is a cell's last expression has shown its value already.</summary>
    string? IDisplayable.As(string mimeType) => mimeType == MimeType.Png ? null : "";
}
