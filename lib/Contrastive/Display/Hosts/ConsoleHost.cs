namespace Contrastive.Display;

/// <summary>A plain console: writes text, and writes it again when it changes.</summary>
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
