using System.Text;

namespace Contrastive.Data;

/// <summary>Fills the texts of <see cref="Relation"/>.</summary>
internal static class SlotText
{
    /// <summary>Takes the first or the second of each two words, and puts the pronouns in.</summary>
    public static string Fill(string text, bool second, Pronoun pronoun)
    {
        var filled = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{':
                    var (bar, end) = (text.IndexOf('|', i), text.IndexOf('}', i));
                    filled.Append(second ? text.AsSpan(bar + 1, end - bar - 1) : text.AsSpan(i + 1, bar - i - 1));
                    i = end;
                    break;
                case '~':
                    i++;
                    filled.Append(text[i] == 'S' ? pronoun.Subject : text[i] == 'P' ? pronoun.Possessive : pronoun.Object);
                    break;
                default:
                    filled.Append(text[i]);
                    break;
            }
        }

        return filled.ToString();
    }

    public static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    public static string WithArticle(string text) => $"{("aeiou".Contains(text[0], StringComparison.Ordinal) ? "an" : "a")} {text}";
}
