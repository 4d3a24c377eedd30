using System.Diagnostics;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Lessons;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>Runs notebooks as a reader does, from the command line, in a process of their own, into a run folder that is deleted with
/// it.</summary>
internal sealed class RunFolder : IDisposable
{
    /// <summary>The repository.</summary>
    public static string Root { get; } = LessonCatalog.Find(AppContext.BaseDirectory)!.Root;

    public string Path { get; } = Directory.CreateTempSubdirectory("contrastive-lesson-").FullName;

    public void Run(string lesson, params string[] settings)
    {
        var (exitCode, log) = Start(lesson, settings);
        Assert.True(exitCode == 0, $"{lesson} ended with exit code {exitCode}.\n{log}");
    }

    public (int ExitCode, string Log) Start(string lesson, params string[] settings) => StartAt("smoke", lesson, settings);

    public (int ExitCode, string Log) StartAt(string tier, string lesson, params string[] settings) =>
        Command(Root, ["run", lesson, "--tier", tier, "--out", Path, .. settings]);

    /// <summary>Runs the <c>contrastive</c> command in a folder.</summary>
    public static (int ExitCode, string Log) Command(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(System.IO.Path.Combine(AppContext.BaseDirectory, "Contrastive.Cli.dll")))
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, $"{output}\n{errors.Result}");
    }

    /// <summary>Writes a notebook of code cells.</summary>
    public static void WriteNotebook(string path, IEnumerable<string> cells)
    {
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. cells.Select((code, index) => (JsonNode)new JsonObject
            {
                ["cell_type"] = "code",
                ["id"] = $"cell-{index}",
                ["metadata"] = new JsonObject(),
                ["execution_count"] = null,
                ["outputs"] = new JsonArray(),
                ["source"] = code,
            })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(path, json.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
