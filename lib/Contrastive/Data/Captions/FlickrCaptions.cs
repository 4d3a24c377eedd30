using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>Pictures with captions in Flickr8k's form: a folder or archive of pictures, and a file of captions.</summary>
internal static class FlickrCaptions
{
    /// <summary>Finds the captions and the pictures they name.</summary>
    /// <exception cref="InvalidDataException">There is no file of captions, or several; it is of another form; a name fits several pictures; or
    /// something would be left out and <paramref name="strict"/>; or nothing remains.</exception>
    public static CaptionFiles Find(string name, FileTree tree, bool strict)
    {
        var table = Table(tree);
        var pictures = tree.Paths.Where(path => ImageFolder.IsPicture(path) && !ImageFolder.IsHidden(path)).ToList();
        var known = pictures.ToHashSet(StringComparer.Ordinal);
        var byName = pictures.ToLookup(path => path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
        var beside = table[..(table.LastIndexOf('/') + 1)];
        var omissions = new Omissions(strict);
        var captions = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (line, picture, caption) in CaptionTable.Read(TextLines.Of($"{tree.Source}: {table}", tree.Read(table))))
        {
            var where = Invariant($"{line.File}, line {line.Number}");
            if (caption.Length == 0)
                omissions.Add(Omission.EmptyCaption, $"{where}, of '{picture}'.");
            else if (PathOf(line, picture) is not { } path)
                omissions.Add(Omission.UnknownPicture, $"{where}, '{picture}'.");
            else if (captions.TryGetValue(path, out var others))
                others.Add(caption);
            else
                captions[path] = [caption];
        }

        foreach (var path in pictures.Where(path => !captions.ContainsKey(path)))
            omissions.Add(Omission.NoCaption, $"{tree.Source}: {path}.");
        CaptionedFile[] found = [.. pictures.Where(captions.ContainsKey).Select(path => new CaptionedFile(path, path, captions[path]))];
        return found.Length > 0
            ? new CaptionFiles(name, tree, found, omissions.Notes)
            : throw new InvalidDataException($"{tree.Source}: no caption of '{table}' belongs to one of its {pictures.Count} pictures. {string.Join(' ', omissions.Notes)}");

        string? PathOf(TextLine line, string picture)
        {
            if (known.Contains(beside + picture))
                return beside + picture;
            if (known.Contains(picture))
                return picture;
            string[] fitting = [.. byName[picture]];
            return fitting.Length < 2 ? fitting.FirstOrDefault() : throw line.Wrong($"'{picture}' may be {string.Join(" or ", fitting)}: give its folder too.");
        }
    }

    /// <summary>The file of captions: <c>captions.txt</c>, or <c>*.token.txt</c> (not the lemmatized one), or the only csv.</summary>
    private static string Table(FileTree tree)
    {
        string[] files = [.. tree.Paths.Where(path => !ImageFolder.IsHidden(path))];
        string[] Ending(params string[] ends) => [.. files.Where(path => Array.Exists(ends, end => ("/" + path).EndsWith(end, StringComparison.OrdinalIgnoreCase)))];
        string[][] kinds =
        [
            Ending("/captions.txt", "/captions.csv"),
            [.. Ending(".token.txt").Where(path => !path.Contains(".lemma.", StringComparison.OrdinalIgnoreCase))],
            Ending(".csv"),
        ];
        return Array.Find(kinds, kind => kind.Length > 0) switch
        {
            [var only] => only,
            null => throw new InvalidDataException(
                $"{tree.Source}: there are no captions: expected captions.txt or a csv with the header 'image,caption', or *.token.txt. Other than pictures it has: {Others(files)}."),
            var several => throw new InvalidDataException($"{tree.Source}: there are several files of captions, expected one: {string.Join(", ", several)}."),
        };
    }

    private static string Others(IEnumerable<string> files)
    {
        string[] others = [.. files.Where(path => !ImageFolder.IsPicture(path)).Take(6)];
        return others.Length == 0 ? "nothing" : string.Join(", ", others);
    }
}
