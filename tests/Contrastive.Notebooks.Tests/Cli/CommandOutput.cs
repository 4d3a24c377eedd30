using Spectre.Console;

namespace Contrastive.Notebooks.Tests.Cli;

/// <summary>A console without colors whose text a test can read, and the test's own folder.</summary>
internal sealed class CommandOutput : IDisposable
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };

    public CommandOutput()
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_writer),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        Console.Profile.Width = 200;
    }

    public IAnsiConsole Console { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("contrastive-cli-").FullName;

    /// <summary>What was written, without the spaces at the ends of lines and without empty lines.</summary>
    public string Text => string.Join('\n', _writer.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));

    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _writer.Dispose();
    }
}
