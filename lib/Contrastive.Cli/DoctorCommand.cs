using System.CommandLine;
using Contrastive.Cli.Doctor;
using Contrastive.Data;
using Spectre.Console;

namespace Contrastive.Cli;

/// <summary><c>contrastive doctor</c>: what a maintainer would ask first.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Show the machine, the SDK, libtorch, CUDA, Jupyter kernels and data: what to paste into a bug report.");
        command.SetAction(_ => Run(Terminal.Output,
        [
            .. SystemChecks.All,
            .. TorchChecks.All,
            .. ToolChecks.All,
            new("Data", () => DataCheck.Describe(DataFolder.Default)),
        ]));
        return command;
    }

    /// <summary>Writes a line for each check; a check that fails says why. Returns 1 if an essential one failed.</summary>
    internal static int Run(IAnsiConsole console, IReadOnlyList<Check> checks)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().PadRight(0));
        var isFit = true;
        foreach (var check in checks)
        {
            var (text, failed) = check.Examine();
            isFit &= !(failed && check.IsEssential);
            grid.AddRow(new Text(check.Name, new Style(decoration: Decoration.Bold)), new Text(text, failed ? new Style(Color.Red) : Style.Plain));
        }

        console.Write(grid);
        return isFit ? 0 : 1;
    }
}
