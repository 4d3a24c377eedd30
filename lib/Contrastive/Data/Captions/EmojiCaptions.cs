using System.Text.Json;
using System.Text.RegularExpressions;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>EmojiOne's pictures with their names and keywords: <c>emoji.json</c> beside <c>assets/…/CODE.png</c>. Each has its name as one caption
/// and, where it has keywords, name and keywords as a second one: <c>snail</c> and <c>snail, insects, animal</c>.</summary>
internal static partial class EmojiCaptions
{
    private const string Names = "emoji.json";

    /// <exception cref="InvalidDataException">The names are missing or malformed, or a picture is missing and <paramref name="strict"/>.</exception>
    public static CaptionFiles Find(string name, FileTree tree, bool strict)
    {
        var omissions = new Omissions(strict);
        var pictures = tree.Paths.Where(ImageFolder.IsPicture).ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        var found = new List<CaptionedFile>();
        foreach (var (code, entry) in Entries(tree))
        {
            if (pictures.Remove(code, out var path))
                found.Add(new CaptionedFile(path, Tone().Replace(code, ""), entry.Keywords.Count == 0 ? [entry.Name] : [entry.Name, $"{entry.Name}, {string.Join(", ", entry.Keywords)}"]));
            else
                omissions.Add(Omission.UnknownPicture, $"{tree.Source}: {Names}, '{entry.Name}' ({code}).");
        }

        // Digits and the like, which the archive draws and does not name.
        var notes = pictures.Count == 0 ? [] : new[] { $"{Counted.Of(pictures.Count, "picture has no name", "pictures have no name")}: left out. The first: {pictures.Values.Min(StringComparer.Ordinal)}." };
        return found.Count > 0
            ? new CaptionFiles(name, tree, [.. found.OrderBy(file => file.Path, StringComparer.Ordinal)], [.. omissions.Notes, .. notes])
            : throw new InvalidDataException($"{tree.Source}: {Names} names none of its pictures.");
    }

    private static IEnumerable<(string Code, (string Name, IReadOnlyList<string> Keywords) Entry)> Entries(FileTree tree)
    {
        var where = $"{tree.Source}: {Names}";
        if (!tree.Paths.Contains(Names))
            throw new InvalidDataException($"{where} is missing: not EmojiOne's archive.");
        try
        {
            using var document = JsonDocument.Parse(tree.Read(Names));
            return
            [
                .. document.RootElement.EnumerateObject().Select(emoji => (
                    emoji.Value.GetProperty("unicode").GetString()!,
                    (emoji.Value.GetProperty("name").GetString()!.Trim(),
                    (IReadOnlyList<string>)[.. emoji.Value.GetProperty("keywords").EnumerateArray().Select(keyword => keyword.GetString()!)]))),
            ];
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{where}: {malformed.Message}", malformed);
        }
    }

    /// <summary>The part of a code that is a skin's color.</summary>
    [GeneratedRegex("-1f3f[b-f]")]
    private static partial Regex Tone();
}
