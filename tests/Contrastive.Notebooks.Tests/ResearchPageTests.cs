using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>The commands and the cell of docs/research.md, one after the other in an empty folder, with trainings of a few steps.</summary>
public sealed partial class ResearchPageTests : IDisposable
{
    private static readonly string[] Small =
    [
        "--tier", "smoke", "--set", "trainingImages=128", "--set", "testImages=64", "--set", "epochs=2", "--set", "ablationEpochs=1", "--set", "neighbors=20", "--set", "width=4",
        "--set", "supervisedSteps=1",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("contrastive-research-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_pages_commands_do_in_turn_what_it_says()
    {
        var page = File.ReadAllText(Path.Combine(RunFolder.Root, "docs", "research.md")).ReplaceLineEndings("\n");
        var last = "";
        foreach (var command in Commands().Matches(page).Select(match => match.Groups[1].Value.Trim()))
            last = command.StartsWith("results", StringComparison.Ordinal) ? Run($"{command} --markdown") : Lesson(command.Replace("1..3", "1..2", StringComparison.Ordinal));

        Assert.Matches(@"\| smoke \|[^|]*loss=Decoupled[^|]*\| 1, 2 \| cpu[^|]*\| knn\.trained \| 0\.\d+ ± 0", Run("results runs --markdown"));
        Assert.Matches(@"(?m)^\d+,kNN,0\.\d+$", File.ReadAllText(Path.Combine(_folder, "runs", "watched", "curves", "training.csv")));
        Assert.DoesNotContain("without color distortion: 1/", last, StringComparison.Ordinal);

        var cell = CSharp().Match(page).Groups[1].Value.Replace("../lib/", Path.Combine(RunFolder.Root, "lib") + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        RunFolder.WriteNotebook(Path.Combine(_folder, "frames.ipynb"), [cell]);
        var shown = Lesson("run frames.ipynb --out out");
        Assert.Contains("kNN, mean over the seeds", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_does_not_exist_ends_the_run_with_those_that_do()
    {
        var (exitCode, log) = Start(["run", "01-simclr", .. Small, "--set", "loss=Triplet", "--out", "runs/x"]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("The loss is 'Triplet'; expected NtXent, InfoNce,", log, StringComparison.Ordinal);
    }

    /// <summary>A lesson's run: each of its cells succeeds; its bands are of longer trainings.</summary>
    private string Lesson(string command)
    {
        var (_, log) = Start([.. command.Split(' '), .. command.Contains(".ipynb", StringComparison.Ordinal) ? [] : Small]);
        var folder = Path.Combine(_folder, Out().Match(command).Groups[1].Value);
        var records = Directory.GetFiles(folder, "metrics.json", SearchOption.AllDirectories);
        Assert.NotEmpty(records);
        Assert.All(records, record => Assert.All(JsonNode.Parse(File.ReadAllText(record))!["cells"]!.AsArray(), cell => Assert.True("Succeeded" == (string?)cell!["outcome"], $"{command}\n{log}")));
        return command.Contains(".ipynb", StringComparison.Ordinal) ? File.ReadAllText(Path.Combine(folder, "index.html")) : log;
    }

    private string Run(string command)
    {
        var (exitCode, log) = Start(command.Split(' '));
        Assert.True(exitCode == 0, $"{command}\n{log}");
        return log;
    }

    private (int ExitCode, string Log) Start(IEnumerable<string> arguments) => RunFolder.Command(_folder, arguments);

    [GeneratedRegex("^contrastive (.*)$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex("--out (\\S+)")]
    private static partial Regex Out();

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
