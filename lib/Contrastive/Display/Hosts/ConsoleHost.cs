namespace Contrastive.Display;

/// <summary>Nobody but a console: text, and a changed text once more.</summary>
internal sealed class ConsoleHost : IDisplayHost
{
    public static ConsoleHost Instance { get; } = new();

    public bool Updates => false;

    public Action<IDisplayable> Show(string displayId, IDisplayable value)
    {
        var shown = Write(value, null);
        return newer => shown = Write(newer, shown);
    }

    private static string? Write(IDisplayable value, string? shown)
    {
        var text = value.As(MimeType.Plain);
        if (!string.IsNullOrEmpty(text) && text != shown)
            Console.WriteLine(text);
        return text;
    }
}
