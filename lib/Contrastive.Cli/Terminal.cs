using Spectre.Console;

namespace Contrastive.Cli;

/// <summary>The consoles that commands write to.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 240;

    /// <summary>Standard output. A pipe or a file gets lines wide enough for tables, whatever the window.</summary>
    public static IAnsiConsole Output { get; } = Widen(AnsiConsole.Console, Console.IsOutputRedirected);

    private static IAnsiConsole Widen(IAnsiConsole console, bool isRedirected)
    {
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
