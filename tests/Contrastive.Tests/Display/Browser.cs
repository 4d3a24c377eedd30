using System.Diagnostics;
using Xunit;

namespace Contrastive.Tests.Display;

/// <summary>A browser without a window and without a network.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static string Find() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in Names
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault() ?? "";

    /// <summary>The page's elements after its scripts have run.</summary>
    public static async Task<string> DomAsync(string page, CancellationToken cancellation)
    {
        var browser = Find();
        Assert.SkipWhen(browser.Length == 0, "No Chromium or Chrome on the PATH.");
        var profile = Directory.CreateTempSubdirectory("contrastive-browser-").FullName;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(browser,
                ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--proxy-server=127.0.0.1:9",
                    $"--user-data-dir={profile}", "--virtual-time-budget=8000", "--dump-dom", new Uri(page).AbsoluteUri])
            { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            var dom = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return dom;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
