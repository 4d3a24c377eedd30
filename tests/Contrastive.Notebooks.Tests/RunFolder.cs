using System.Diagnostics;
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

    public (int ExitCode, string Log) StartAt(string tier, string lesson, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[System.IO.Path.Combine(AppContext.BaseDirectory, "Contrastive.Cli.dll"), "run", lesson, "--tier", tier, "--out", Path, .. settings])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, $"{output}\n{errors.Result}");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
