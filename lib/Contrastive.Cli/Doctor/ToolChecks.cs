using System.Text.Json;
using Contrastive.Retrieval;

namespace Contrastive.Cli.Doctor;

/// <summary>Optional programs and libraries that some features use.</summary>
internal static class ToolChecks
{
    private const string InteractiveKernel = ".net-csharp";

    public static IReadOnlyList<Check> All { get; } =
    [
        new("Jupyter", () => DescribeKernels(KernelFolders())),
        new("USearch", DescribeGraphs),
        new("Chromium", () => DescribeBrowser(Environment.GetEnvironmentVariable("PATH") ?? "")),
    ];

    /// <summary>The kernels in these folders, each a subfolder with a kernel.json.</summary>
    internal static string DescribeKernels(IEnumerable<string> folders)
    {
        var kernels = folders.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
            .Where(folder => File.Exists(Path.Combine(folder, "kernel.json")))
            .Select(folder => (Name: Path.GetFileName(folder), Title: Title(Path.Combine(folder, "kernel.json"))))
            .DistinctBy(kernel => kernel.Name)
            .OrderBy(kernel => kernel.Name, StringComparer.Ordinal)
            .ToList();
        var list = kernels.Count == 0 ? "no kernels installed" : string.Join(", ", kernels.Select(kernel => $"{kernel.Name} ({kernel.Title})"));
        return kernels.Exists(kernel => kernel.Name == InteractiveKernel)
            ? list
            : $"{list}\n{InteractiveKernel} is not installed; 'contrastive run' needs none";
    }

    /// <exception cref="PlatformNotSupportedException">The native library does not load; the message says what is missing.</exception>
    private static string DescribeGraphs()
    {
        using var store = new HnswVectorStore(1);
        return "loads: approximate search works";
    }

    /// <summary>The first Chromium or Chrome on the PATH.</summary>
    internal static string DescribeBrowser(string path)
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe"];
        var found = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        return found ?? "not found on the PATH: figures are not drawn to PNG, and the tests that look at pages are skipped";
    }

    private static string Title(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.GetProperty("display_name").GetString() ?? "no name";
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return "its kernel.json is broken";
        }
    }

    /// <summary>Where Jupyter looks for kernels.</summary>
    private static IEnumerable<string> KernelFolders()
    {
        static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var roots = (Variable("JUPYTER_PATH")?.Split(Path.PathSeparator) ?? []).AsEnumerable();
        roots = roots.Append(Variable("JUPYTER_DATA_DIR") ?? (OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter")));
        roots = Variable("VIRTUAL_ENV") is { } environment ? roots.Append(Path.Combine(environment, "share", "jupyter")) : roots;
        return roots.Append("/usr/local/share/jupyter").Append("/usr/share/jupyter").Select(root => Path.Combine(root, "kernels"));
    }
}
