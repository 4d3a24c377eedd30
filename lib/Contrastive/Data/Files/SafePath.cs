namespace Contrastive.Data;

/// <summary>Names from archives and catalogs, which must stay below the folder they are put in.</summary>
internal static class SafePath
{
    /// <summary>The name with forward slashes and without leading "./" or trailing "/".</summary>
    /// <exception cref="InvalidDataException">The name is empty, absolute, or leads out of its folder on some system.</exception>
    public static string Check(string name)
    {
        if (name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.Any(char.IsControl))
        {
            throw new InvalidDataException($"The name '{Printable(name)}' has a backslash, a colon or a control character: refused.");
        }

        if (name.StartsWith('/'))
        {
            throw new InvalidDataException($"The name '{name}' is an absolute path: refused.");
        }

        var segments = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".").ToArray();
        if (segments.Contains(".."))
        {
            throw new InvalidDataException($"The name '{name}' leads out of its folder: refused.");
        }

        return string.Join('/', segments);
    }

    /// <summary>The full path of a checked name below a folder.</summary>
    public static string Under(string folder, string name)
    {
        var root = Path.GetFullPath(folder);
        var full = Path.GetFullPath(Path.Combine(root, Check(name)));
        return full == root || full.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new InvalidDataException($"The name '{name}' leads out of '{root}': refused.");
    }

    private static string Printable(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
}
