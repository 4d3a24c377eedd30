using System.Text.RegularExpressions;

namespace Contrastive.Data;

/// <summary>DPR's four files in one folder, each told by its name.</summary>
internal sealed class DprFolder
{
    private readonly string _folder;
    private readonly string[] _names;

    /// <exception cref="FileNotFoundException">There is no such folder, or of one of the four there is no file or several; the message lists
    /// them.</exception>
    public DprFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new FileNotFoundException($"There is no folder '{folder}'.", folder);
        _folder = folder;
        _names = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Training = Only("*train*.json or .jsonl", @"train.*\.jsonl?(\.gz)?$");
        Development = Only("*dev*.json or .jsonl", @"dev.*\.jsonl?(\.gz)?$");
        Passages = Only("*.tsv", @"\.tsv(\.gz)?$");
        Test = Only("*test*.csv", @"test.*\.csv(\.gz)?$");
    }

    public string Training { get; }

    public string Development { get; }

    public string Passages { get; }

    public string Test { get; }

    private string Only(string form, string pattern)
    {
        var found = Array.FindAll(_names, name => Regex.IsMatch(name, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
        return found.Length == 1
            ? Path.Combine(_folder, found[0])
            : throw new FileNotFoundException(
                $"'{_folder}' holds {(found.Length == 0 ? "no file" : $"{found.Length} files")} {form} (or .gz){(found.Length == 0 ? "" : $": {string.Join(", ", found)}")}; "
                + $"expected one each: *train*.json or .jsonl, *dev*.json or .jsonl, *.tsv, *test*.csv. It holds: {(_names.Length == 0 ? "nothing" : string.Join(", ", _names))}.",
                _folder);
    }
}
