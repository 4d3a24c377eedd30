namespace Contrastive.Data;

/// <summary>
/// Pictures sorted into one folder per class, <c>[split/]class/…/picture.jpg</c>, in a folder, a tar or a zip. The classes are the
/// folders' names in ordinal order; the pictures follow in ordinal order of their paths. Other files are left alone, and so is what is
/// hidden: a file or folder whose name begins with a dot.
/// </summary>
public static class ImageFolder
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp", ".webp"];

    /// <summary>Reads the pictures. Gray ones become three equal channels; transparency is composited onto white.</summary>
    /// <param name="name">What the set is to be called.</param>
    /// <param name="path">A folder, or a <c>.tar</c>, <c>.tar.gz</c>, <c>.tgz</c> or <c>.zip</c>.</param>
    /// <param name="split">The folder in it that holds the classes, such as <c>train</c>; empty if they are at the top level.</param>
    /// <param name="count">The number to read, class-balanced; null for all.</param>
    /// <param name="seed">Which ones, if <paramref name="count"/> is given.</param>
    /// <param name="size">The side of the square that each is cropped and scaled to; null if all have the same size, which is kept.</param>
    /// <returns>Images uint8 <c>[N, 3, H, W]</c>.</returns>
    /// <exception cref="FileNotFoundException">There is no such folder or archive.</exception>
    /// <exception cref="InvalidDataException">The archive or a picture is damaged, sizes differ, or there are no pictures where they should
    /// be.</exception>
    public static ImageSet Read(string name, string path, string split = "", int? count = null, long seed = 0, int? size = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Find(FileTree.Open(path), split).Choose(count, seed).Decode(name, size);
    }

    internal static LabeledFiles Find(FileTree tree, string split)
    {
        ArgumentNullException.ThrowIfNull(split);
        var prefix = SafePath.Check(split) is { Length: > 0 } folder ? folder + "/" : "";
        var pictures = tree.Paths
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && IsPicture(path) && !IsHidden(path))
            .Select(path => (Path: path, Class: path[prefix.Length..].Split('/') is [var first, _, ..] ? first : null))
            .Where(picture => picture.Class is not null)
            .ToList();
        if (pictures.Count == 0)
        {
            throw new InvalidDataException($"{tree.Source}: no pictures at '{prefix}<class>/<picture>' ({string.Join(", ", Extensions)}). At the top it has: {Top(tree)}.{Kinds(tree)}");
        }

        string[] classes = [.. pictures.Select(picture => picture.Class!).Distinct().Order(StringComparer.Ordinal)];
        var labels = pictures.Select(picture => Array.BinarySearch(classes, picture.Class, StringComparer.Ordinal));
        return new LabeledFiles(tree, [.. pictures.Select(picture => picture.Path)], [.. labels], classes);
    }

    internal static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    internal static bool IsHidden(string path) => path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal);

    private static string Kinds(FileTree tree)
    {
        string[] kinds = [.. tree.Paths.Select(path => Path.GetExtension(path).ToLowerInvariant()).Where(kind => kind.Length > 0).Distinct().Order(StringComparer.Ordinal).Take(6)];
        return kinds.Length == 0 ? "" : $" Its files end in {string.Join(", ", kinds)}.";
    }

    private static string Top(FileTree tree)
    {
        string[] names = [.. tree.Paths.Select(path => path.Contains('/', StringComparison.Ordinal) ? path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)] : path).Distinct().Take(6)];
        return names.Length == 0 ? "nothing" : string.Join(", ", names);
    }
}
