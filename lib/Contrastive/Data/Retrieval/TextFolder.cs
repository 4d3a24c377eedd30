using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>A folder of texts as passages: every <c>.txt</c> and <c>.md</c> file below it, cut into passages of equal length. A file
/// without words, and a link to a file that is not there, are left out.</summary>
public static class TextFolder
{
    private static readonly string[] Endings = [".txt", ".md"];

    /// <summary>The passages of all files, in the ordinal order of their paths. A passage is called by its file's path and its place in it; its
    /// title is the file's first heading (<c># …</c>) or else its name.</summary>
    /// <param name="folder">The folder; folders and files whose names begin with a dot are left out.</param>
    /// <param name="words">The words of a passage, at least 1. <value>The default is 100, DPR's.</value></param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is below 1.</exception>
    /// <exception cref="InvalidDataException">There is no text in it or, as the enumeration tells, no text holds a word or a file is not UTF-8;
    /// the message names the folder or the file.</exception>
    public static IEnumerable<Passage> ReadPassages(string folder, int words = 100)
    {
        Require.AtLeast(words, 1);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        string[] names = [.. FileTree.Open(folder).Paths.Where(name => IsText(name) && IsThere(Path.Combine(folder, name)))];
        if (names.Length == 0)
            throw new InvalidDataException($"'{folder}' holds no text; expected files that end in {string.Join(" or ", Endings)}.");
        return Passages(folder, names, words);
    }

    private static IEnumerable<Passage> Passages(string folder, string[] names, int words)
    {
        var isEmpty = true;
        foreach (var passage in names.SelectMany(name => Passages(folder, name, words)))
        {
            isEmpty = false;
            yield return passage;
        }

        if (isEmpty)
            throw new InvalidDataException($"'{folder}' holds no words: its texts are empty.");
    }

    private static IReadOnlyList<Passage> Passages(string folder, string name, int words)
    {
        var lines = Lines(Path.Combine(folder, name));
        var heading = lines.Select(line => line.Text.Trim()).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim();
        var title = string.IsNullOrEmpty(heading) ? Path.GetFileNameWithoutExtension(name) : heading;
        return PassageSplitter.Split(name, title, string.Join('\n', lines.Select(line => line.Text)), words);
    }

    private static List<TextLine> Lines(string path)
    {
        try
        {
            return TextLines.Read(path);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{error.Message} Convert it to UTF-8 or leave it out of the folder.", error);
        }
    }

    private static bool IsThere(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true) is not { Exists: false };

    private static bool IsText(string name) =>
        Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase) && !name.Split('/').Any(part => part.StartsWith('.'));
}
