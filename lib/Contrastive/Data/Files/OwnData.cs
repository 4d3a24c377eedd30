namespace Contrastive.Data;

/// <summary>
/// Data of one's own in the place of a named set: <c>folder:PATH</c>, pictures in a folder for each class, which
/// <see cref="ImageData"/> and <see cref="CaptionData"/> load; <c>captions:PATH</c>, pictures with captions, which <see cref="CaptionData"/>
/// loads; <c>file:PATH</c>, sentences or triplets, which <see cref="TextData"/> loads; <c>beir:PATH</c>, a folder or zip of passages, queries
/// and judgments, and <c>dpr:FOLDER</c>, a folder of DPR's files, which <see cref="RetrievalData"/> loads.
/// </summary>
public static class OwnData
{
    internal const string Folder = "folder:";
    internal const string File = "file:";
    internal const string Beir = "beir:";
    internal const string Dpr = "dpr:";
    internal const string Captions = "captions:";

    /// <summary>The name with its path made absolute; null for any other data set's name.</summary>
    /// <param name="name">Such as <c>folder:~/pets</c> or <c>file:tickets.txt</c>; a relative path begins at the current directory.</param>
    /// <exception cref="ArgumentException">The name ends after the colon.</exception>
    /// <exception cref="FileNotFoundException">There is nothing at the path, or a folder in the place of a file.</exception>
    public static string? Resolve(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find([Folder, File, Beir, Dpr, Captions], kind => name.StartsWith(kind, StringComparison.Ordinal)) is { } kind ? kind + Path(name, kind) : null;
    }

    /// <summary>The full path in a name of this kind, where there is something; null if it is another name.</summary>
    internal static string? Path(string name, string kind)
    {
        if (!name.StartsWith(kind, StringComparison.Ordinal))
            return null;
        var given = name[kind.Length..].Trim();
        if (given.Length == 0)
            throw new ArgumentException($"'{name}' names no path; expected {kind}{(kind == Dpr ? "FOLDER" : "PATH")}.", nameof(name));
        // A shell does not expand a tilde behind the colon.
        var path = given == "~" || given.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + given[1..]
            : given;
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return (System.IO.File.Exists(full), Directory.Exists(full)) switch
        {
            (false, false) => throw new FileNotFoundException($"There is nothing at '{full}', which {name} names.", full),
            (false, true) when kind == File => throw new FileNotFoundException($"'{full}' is a folder; {File}PATH takes a file of sentences or triplets, {Folder}PATH pictures.", full),
            (true, false) when kind == Folder && !ArchiveWalk.IsArchive(full) => throw new FileNotFoundException(
                $"'{full}' is a file; {Folder}PATH takes a folder of pictures, or a .tar, .tar.gz, .tgz or .zip of one; {File}PATH takes texts.", full),
            (true, false) when kind == Captions && !ArchiveWalk.IsArchive(full) => throw new FileNotFoundException(
                $"'{full}' is a file; {Captions}PATH takes a folder, or a .tar, .tar.gz, .tgz or .zip, of pictures and a csv 'image,caption'.", full),
            (true, false) when kind == Beir && !full.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) => throw new FileNotFoundException(
                $"'{full}' is a file; {Beir}PATH takes a folder or a .zip with corpus.jsonl, queries.jsonl and qrels.", full),
            (true, false) when kind == Dpr => throw new FileNotFoundException(
                $"'{full}' is a file; {Dpr}FOLDER takes a folder with *train*.json, *dev*.json, *.tsv and *test*.csv.", full),
            _ => full,
        };
    }
}
