using System.Diagnostics;
using Xunit;

namespace Contrastive.Kernel.Tests.CommandLine;

/// <summary>The command, started as a process in a test's folder.</summary>
internal static class ContrastiveCommand
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    public static Process Start(TemporaryFolder folder, params string[] arguments)
    {
        // tests/Contrastive.Kernel.Tests/bin/Release/net10.0 and lib/Contrastive.Cli/bin/Release/net10.0 of the same configuration
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var command = Path.Combine(root, "lib", "Contrastive.Cli", "bin", here.Parent!.Name, here.Name, "Contrastive.Cli.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [command, .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
