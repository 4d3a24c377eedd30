using Spectre.Console;

namespace Contrastive.Cli.Search;

/// <summary>A short part of a text: where most of a question's words are, with these marked.</summary>
internal static class Excerpt
{
    private const int Words = 30, LeastLetters = 3, StemLetters = 5;

    /// <summary>As markup, on one line.</summary>
    public static string Of(string text, string question)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var asked = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Letters).Where(word => word.Length >= LeastLetters).ToList();
        var isAsked = Array.ConvertAll(words, word => asked.Exists(other => Alike(Letters(word), other)));
        var start = Best(isAsked);
        var shown = words.Skip(start).Take(Words).Select((word, place) => isAsked[start + place] ? $"[yellow]{word.EscapeMarkup()}[/]" : word.EscapeMarkup());
        return $"{(start > 0 ? "… " : "")}{string.Join(' ', shown)}{(start + Words < words.Length ? " …" : "")}";
    }

    /// <summary>The first of the places from which most asked words are shown.</summary>
    private static int Best(bool[] isAsked)
    {
        var (best, most) = (0, -1);
        for (var start = 0; start == 0 || start + Words <= isAsked.Length; start++)
        {
            var count = isAsked.Skip(start).Take(Words).Count(asked => asked);
            if (count > most)
                (best, most) = (start, count);
        }

        return best;
    }

    /// <summary>The same word, or two that begin alike, as a plural or a tense does.</summary>
    private static bool Alike(string first, string second) =>
        first == second || (first.Length >= StemLetters && second.Length >= StemLetters && first[..StemLetters] == second[..StemLetters]);

    private static string Letters(string word) => string.Concat(word.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
