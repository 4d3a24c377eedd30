using System.CommandLine;
using Contrastive.Cli.Results;

namespace Contrastive.Cli;

/// <summary><c>contrastive results</c>: published numbers beside ours, from run folders.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        var folders = new Argument<DirectoryInfo[]>("folder")
        {
            Description = "Run folders, or folders that hold them.",
            DefaultValueFactory = _ => [new DirectoryInfo("runs")],
        };
        var lesson = new Option<string?>("--lesson") { Description = "This lesson only." };
        var all = new Option<bool>("--all") { Description = "Every run by itself, not the mean over seeds of the latest ones." };
        var markdown = new Option<bool>("--markdown") { Description = "Write a Markdown table." };
        var command = new Command("results", "Show the metrics of past runs: mean ± standard deviation over seeds, those of the paper tier beside published figures.") { folders, lesson, all, markdown };
        command.SetAction(result =>
        {
            var (runs, problems) = RunFolders.Read(result.GetValue(folders)!.Select(folder => folder.FullName));
            var chosen = runs.Where(run => result.GetValue(lesson) is not { } only || run.Lesson == only).ToList();
            var table = ResultsTable.Make(result.GetValue(all) ? chosen : RunFolders.Latest(chosen), Published.BuiltIn, result.GetValue(all));
            if (result.GetValue(markdown))
            {
                Console.Out.Write(table.ToMarkdown());
            }
            else
            {
                table.Write(Terminal.Output);
            }

            foreach (var problem in problems)
            {
                Console.Error.WriteLine(problem);
            }

            return chosen.Count == 0 ? 1 : 0;
        });
        return command;
    }
}
