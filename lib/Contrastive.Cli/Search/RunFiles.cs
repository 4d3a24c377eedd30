namespace Contrastive.Cli.Search;

/// <summary>Where a run file goes, looked at before anything is searched.</summary>
internal static class RunFiles
{
    /// <exception cref="ArgumentException">A file cannot be made there.</exception>
    public static void Check(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("--run is empty; expected the name of a file.");
        if (Directory.Exists(path))
            throw new ArgumentException($"--run is '{path}', a folder; expected the name of a file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new ArgumentException($"--run is '{path}', but there is no folder '{folder}'.");
    }
}
