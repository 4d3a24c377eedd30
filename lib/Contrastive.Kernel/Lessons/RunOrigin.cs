using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Lessons;

/// <summary>Where, when and from which commit a run was made.</summary>
internal sealed record RunOrigin(DateTimeOffset Started, string? GitCommit, string? Sdk)
{
    public static async Task<RunOrigin> FindAsync(string folder)
    {
        var commit = FirstLineAsync("git", folder, "rev-parse", "HEAD");
        // What earlier runs recorded of other seeds changes no measurement.
        var changes = FirstLineAsync("git", folder, "status", "--porcelain", "--untracked-files=no", "--", ":(top)", ":(top,exclude)data/seeds");
        var sdk = FirstLineAsync("dotnet", folder, "--version");
        var name = await commit.ConfigureAwait(false);
        var isChanged = name is not null && await changes.ConfigureAwait(false) is not null;
        return new RunOrigin(DateTimeOffset.Now, isChanged ? name + "+changes" : name, await sdk.ConfigureAwait(false));
    }

    public JsonObject ToJson() => new()
    {
        ["os"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
        ["processors"] = Environment.ProcessorCount,
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["sdk"] = Sdk,
    };

    /// <summary>The first line that a command prints; null if it fails, prints nothing or does not exist.</summary>
    private static async Task<string?> FirstLineAsync(string command, string folder, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            if (process is null)
            {
                return null;
            }

            var errors = process.StandardError.ReadToEndAsync();
            var line = (await process.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Split('\n')[0].Trim();
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync().ConfigureAwait(false);
            return process.ExitCode == 0 && line.Length > 0 ? line : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
