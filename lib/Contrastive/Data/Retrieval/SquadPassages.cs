using Contrastive.Retrieval;

namespace Contrastive.Data;

/// <summary>An article of SQuAD as passages.</summary>
/// <param name="Passages">The passages.</param>
/// <param name="Relevant">The ids of those that answer a question, given the place of its paragraph; none if that cannot be told.</param>
internal sealed record SquadPassages(IReadOnlyList<Passage> Passages, Func<int, SquadQuestion, IEnumerable<string>> Relevant)
{
    /// <summary>Each paragraph is a passage.</summary>
    public static SquadPassages Paragraphs(string name, string title, SquadArticle article) => new(
        [.. article.Paragraphs.Select((paragraph, place) => new Passage($"{name}-{place}", title, paragraph.Text))],
        (paragraph, _) => [$"{name}-{paragraph}"]);

    /// <summary>Blocks of so many words.</summary>
    public static SquadPassages Blocks(string name, string title, SquadArticle article, int words)
    {
        var before = new int[article.Paragraphs.Count];
        for (var i = 1; i < before.Length; i++)
            before[i] = before[i - 1] + PassageSplitter.Words(article.Paragraphs[i - 1].Text).Length;
        return new SquadPassages(
            PassageSplitter.Split(name, title, string.Join('\n', article.Paragraphs.Select(paragraph => paragraph.Text)), words),
            (paragraph, question) => Holding(article.Paragraphs[paragraph].Text, question, before[paragraph], words).Select(block => $"{name}-{block}"));
    }

    /// <summary>The blocks that hold an answer whole; if none does, the one in which the first begins.</summary>
    private static IEnumerable<int> Holding(string text, SquadQuestion question, int before, int words)
    {
        var spans = question.Answers.Select(answer => Span(text, answer)).Where(span => span.First >= 0)
            .Select(span => (First: (before + span.First) / words, Last: (before + span.Last) / words)).ToList();
        var whole = spans.Where(span => span.First == span.Last).ToList();
        return (whole.Count > 0 ? whole : spans.Take(1)).Select(span => span.First).Distinct();
    }

    /// <summary>The answer's first and last word among the paragraph's, from 0; −1 if it is not in it.</summary>
    private static (int First, int Last) Span(string text, SquadAnswer answer)
    {
        var piece = answer.Text.Trim();
        var start = piece.Length == 0 ? -1 : Place(text, answer.Start, piece);
        return start < 0 ? (-1, -1) : (WordAt(text, start), WordAt(text, start + piece.Length - 1));
    }

    /// <summary>Where the piece is: where the file says, or else its first occurrence.</summary>
    private static int Place(string text, int start, string piece)
    {
        var place = CodePoints(text, start);
        return place >= 0 && string.CompareOrdinal(text, place, piece, 0, piece.Length) == 0 ? place : text.IndexOf(piece, StringComparison.Ordinal);
    }

    /// <summary>The index in UTF-16 of a number of code points, in which Python counts; −1 beyond the text.</summary>
    private static int CodePoints(string text, int count)
    {
        var place = 0;
        for (; count > 0 && place < text.Length; count--)
            place += char.IsSurrogatePair(text, place) ? 2 : 1;
        return count == 0 ? place : -1;
    }

    /// <summary>Which word the character belongs to.</summary>
    private static int WordAt(string text, int place)
    {
        var word = -1;
        for (var i = 0; i <= place; i++)
        {
            if (!char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1])))
                word++;
        }

        return word;
    }
}
