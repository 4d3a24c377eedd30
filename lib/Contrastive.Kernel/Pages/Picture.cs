using System.Globalization;

namespace Contrastive.Kernel.Pages;

/// <summary>A picture that a notebook's text names: its content, for a page is one file, or why the page has to do without.</summary>
/// <param name="Content">The picture as a data URI; null if there is none to show.</param>
/// <param name="Missing">Why there is none, in words that follow the picture's name; null if there is one.</param>
internal sealed record Picture(string? Content, string? Missing)
{
    /// <summary>The largest file that a page takes up, in bytes: 4 MB, as base64 5.3 MB of the page.</summary>
    public const int LargestFile = 4_000_000;

    /// <summary>Reads a picture's file.</summary>
    /// <param name="url">As the text has it: a path relative to the notebook's folder, percent-encoded.</param>
    /// <param name="folder">The notebook's folder. What lies outside of it is not read: a page is passed on, and holds what was beside the
    /// notebook.</param>
    public static Picture Read(string url, string folder)
    {
        var name = Uri.UnescapeDataString(url);
        if (MimeType(name) is not { } type)
        {
            return new(null, "expected a .gif, .jpeg, .jpg, .png, .svg or .webp file");
        }

        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return new(null, "its name holds a null character");
        }

        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(name, root);
        if (!path.StartsWith(root, StringComparison.Ordinal))
        {
            return new(null, "it lies outside the notebook's folder");
        }

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return new(null, "there is no such file in the notebook's folder");
            }

            return file.Length > LargestFile
                ? new(null, string.Create(CultureInfo.InvariantCulture, $"the file has {file.Length / 1e6:0.0} MB, and a page takes at most {LargestFile / 1e6:0} MB"))
                : new($"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, $"the file cannot be read: {e.Message}");
        }
    }

    private static string? MimeType(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".svg" => "image/svg+xml",
        ".webp" => "image/webp",
        _ => null,
    };
}
