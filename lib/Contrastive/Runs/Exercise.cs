using System.Globalization;
using Contrastive.Display;
using Contrastive.Torch;

namespace Contrastive.Runs;

/// <summary>
/// Checks the reader's answer to an exercise without stopping the notebook: an open exercise stays open, a wrong answer gets a hint, the
/// next wrong answer the next hint, and the last one stays. The same wrong number again gets the same hint again.
/// </summary>
public static class Exercise
{
    /// <summary>The most decimals at which a rounded answer is told from a wrong one.</summary>
    private const int RoundedDecimals = 6;

    private static readonly WrongTries Tries = new();

    /// <summary>Checks whether the answer is the expected number: |answer − expected| ≤ tolerance · max(1, |expected|). The expected
    /// number rounded to fewer decimals than that is not taken for right, since a wrong answer may round to the same; the mark asks for
    /// more digits.</summary>
    /// <param name="question">What was asked, in a few words that no other exercise of the notebook has: wrong tries are counted by it.</param>
    /// <param name="answer">The reader's number; null while the exercise is open.</param>
    /// <param name="expected">The right number, with at least seven digits.</param>
    /// <param name="hints">The hints, from a first pointer to nearly all; none is the answer.</param>
    /// <param name="tolerance">How far off an answer may be. <value>The default is 1e-5.</value></param>
    /// <param name="mistakes">Wrong answers that are easily made and what leads to each, shown in place of a hint. <value>The default is
    /// none.</value></param>
    /// <exception cref="ArgumentException">There is no hint, or a mistake would be taken for right.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The expected number is not finite, or the tolerance is negative.</exception>
    public static ExerciseMark Check(
        string question, double? answer, double expected, IReadOnlyList<string> hints, double tolerance = 1e-5,
        IReadOnlyList<(double Answer, string Why)>? mistakes = null)
    {
        RequireHints(question, hints);
        Require.Finite(expected);
        Require.NotNegative(tolerance);
        foreach (var mistake in mistakes ?? [])
            if (IsNear(mistake.Answer, expected, tolerance))
                throw new ArgumentException($"The mistake {Text(mistake.Answer)} lies within the tolerance of the expected {Text(expected)}; expected one that is refused.", nameof(mistakes));

        if (answer is not { } number)
            return ExerciseMark.Open(question);
        if (IsNear(number, expected, tolerance))
            return ExerciseMark.Right(question);
        var known = mistakes?.FirstOrDefault(mistake => IsNear(number, mistake.Answer, tolerance)) ?? default;
        if (known.Why is not null)
            return ExerciseMark.Wrong(question, $"{Text(number)} is not it. {known.Why}");
        return IsRounded(number, expected)
            ? ExerciseMark.Wrong(question, $"{Text(number)} has too few digits to tell. Give the result as it is computed, not rounded.")
            : ExerciseMark.Wrong(question, $"{Text(number)} is not it. {Tries.Hint(question, hints, number)}");
    }

    /// <summary>Checks whether the answer does what was asked.</summary>
    /// <param name="question">What was asked, in a few words that no other exercise of the notebook has: wrong tries are counted by it.</param>
    /// <param name="right">Whether it does; null while the exercise is open.</param>
    /// <param name="hints">The hints, from a first pointer to nearly all; none is the answer.</param>
    /// <exception cref="ArgumentException">There is no hint.</exception>
    public static ExerciseMark Check(string question, bool? right, IReadOnlyList<string> hints)
    {
        RequireHints(question, hints);
        return right switch
        {
            null => ExerciseMark.Open(question),
            true => ExerciseMark.Right(question),
            false => ExerciseMark.Wrong(question, $"not yet. {Tries.Hint(question, hints, number: null)}"),
        };
    }

    /// <summary>The form with one hint and a tolerance of 0.001.</summary>
    /// <param name="question">What was asked, in a few words.</param>
    /// <param name="answer">The reader's number; null while the exercise is open.</param>
    /// <param name="expected">The right number.</param>
    /// <param name="hint">The hint for a wrong answer.</param>
    /// <param name="tolerance">How far off an answer may be. <value>The default is 0.001.</value></param>
    public static ExerciseMark Check(string question, double? answer, double expected, string hint, double tolerance = 1e-3) =>
        Check(question, answer, expected, [hint], tolerance);

    /// <summary>The form with one hint.</summary>
    /// <param name="question">What was asked, in a few words.</param>
    /// <param name="right">Whether it does; null while the exercise is open.</param>
    /// <param name="hint">The hint for a wrong answer.</param>
    public static ExerciseMark Check(string question, bool? right, string hint) => Check(question, right, [hint]);

    private static bool IsNear(double number, double other, double tolerance) => Math.Abs(number - other) <= tolerance * Math.Max(1, Math.Abs(other));

    private static bool IsRounded(double number, double expected) =>
        Enumerable.Range(1, RoundedDecimals).Any(decimals => number.Equals(Math.Round(expected, decimals)));

    private static string Text(double number) => number.ToString("G7", CultureInfo.InvariantCulture);

    private static void RequireHints(string question, IReadOnlyList<string> hints)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question);
        ArgumentNullException.ThrowIfNull(hints);
        if (hints.Count == 0)
            throw new ArgumentException("hints is empty; expected at least one hint for a wrong answer.", nameof(hints));
    }
}
