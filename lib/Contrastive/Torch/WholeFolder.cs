namespace Contrastive.Torch;

/// <summary>Folders that appear, or replace an older one, only once they are whole: made beside their place and moved there. A failure leaves
/// what was there.</summary>
internal static class WholeFolder
{
    /// <summary>Makes a folder.</summary>
    /// <param name="folder">Its path. What is above it is made too.</param>
    /// <param name="refuse">Throws where what is at this path, a file or a folder that is not empty, must stay. It is asked before the work, and
    /// again before the older folder goes with all it holds.</param>
    /// <param name="write">Writes the files into the folder it is given.</param>
    public static void Write(string folder, Action<string> refuse, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Ask(target, refuse);
        var beside = $"{target}.{Guid.NewGuid():N}";
        var (partial, previous) = ($"{beside}.partial", $"{beside}.previous");
        Directory.CreateDirectory(partial);
        try
        {
            write(partial);
            Ask(target, refuse);
            if (Directory.Exists(target))
                Directory.Move(target, previous);
            Directory.Move(partial, target);
            Delete(previous);
        }
        finally
        {
            Delete(partial);
            if (Directory.Exists(previous) && !Path.Exists(target))
                Directory.Move(previous, target);
        }
    }

    private static void Ask(string target, Action<string> refuse)
    {
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            refuse(target);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
