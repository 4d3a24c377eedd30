using System.Text;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>What DPR's training data must be, so that what is written can be read back.</summary>
internal static class DprCheck
{
    /// <exception cref="ArgumentException">Something is null, half a character or a score that is not finite; the message says where.</exception>
    public static void Question(DprQuestion? question, int place)
    {
        var whose = Invariant($"questions[{place}]");
        if (question is null)
            throw Wrong($"{whose} is null; expected a question.");
        Text(question.Question, $"{whose}: its question");
        whose = $"{whose}, '{question.Question}'";
        foreach (var answer in Given(question.Answers, $"{whose}: its answers"))
            Text(answer, $"{whose}: an answer");
        Passages(question.Positives, whose, "positive_ctxs");
        Passages(question.Negatives, whose, "negative_ctxs");
        Passages(question.HardNegatives, whose, "hard_negative_ctxs");
    }

    private static void Passages(IReadOnlyList<DprPassage> passages, string whose, string list)
    {
        foreach (var passage in Given(passages, $"{whose}: its {list}"))
        {
            if (passage is null)
                throw Wrong($"{whose}: one of its {list} is null; expected a passage.");
            Text(passage.Title, $"{whose}: the title of a passage");
            Text(passage.Text, $"{whose}: the text of a passage");
            if (passage.Id is { Length: 0 })
                throw Wrong($"{whose}: the passage_id of a passage is empty; expected a name, or null for none.");
            Text(passage.Id ?? "", $"{whose}: the passage_id of a passage");
            Score(passage.Score, $"{whose}: the score of a passage");
            Score(passage.TitleScore, $"{whose}: the title_score of a passage");
        }
    }

    private static IReadOnlyList<T> Given<T>(IReadOnlyList<T>? list, string what) => list ?? throw Wrong($"{what} are null; expected a list, which may be empty.");

    private static void Text(string? text, string what)
    {
        if (text is null)
            throw Wrong($"{what} is null; expected a text.");
        if (!IsWhole(text))
            throw Wrong($"{what} holds half a character: half of a surrogate pair.");
    }

    private static bool IsWhole(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var character))
                return false;
            at += character.Utf16SequenceLength;
        }

        return true;
    }

    private static void Score(double? score, string what)
    {
        if (score is { } number && !double.IsFinite(number))
            throw Wrong(Invariant($"{what} is {number}; expected a finite number."));
    }

    private static ArgumentException Wrong(string message, string parameter = "questions") => new(message, parameter);
}
