using System.CommandLine;

namespace Contrastive.Cli;

/// <summary><c>contrastive run LESSON</c>: executes a lesson's notebook headlessly and writes its run folder.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var lesson = new Argument<string>("lesson") { Description = "A lesson (01-simclr), the path of a notebook, or all." };
        var command = new Command("run", "Run a lesson's notebook and write its run folder.") { lesson };
        command.SetAction(async (result, cancellation) =>
        {
            await Console.Error.WriteLineAsync($"Running '{result.GetValue(lesson)}' is not built yet.".AsMemory(), cancellation);
            return 1;
        });
        return command;
    }
}
