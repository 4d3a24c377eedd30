using System.Globalization;
using Contrastive.Display;

namespace Contrastive.Runs;

/// <summary>
/// Checks the reader's answer to an exercise without stopping the notebook: an open exercise stays open, a wrong answer gets a hint.
/// </summary>
public static class Exercise
{
    /// <summary>Checks whether the answer is the expected number: |answer − expected| ≤ tolerance · max(1, |expected|).</summary>
    /// <param name="question">What was asked, in a few words.</param>
    /// <param name="answer">The reader's number; null while the exercise is open.</param>
    /// <param name="expected">The right number.</param>
    /// <param name="hint">The hint for a wrong answer.</param>
    /// <param name="tolerance">How far off an answer may be. <value>The default is 0.001.</value></param>
    public static ExerciseMark Check(string question, double? answer, double expected, string hint, double tolerance = 1e-3) => answer switch
    {
        null => ExerciseMark.Open(question),
        { } number when Math.Abs(number - expected) <= tolerance * Math.Max(1, Math.Abs(expected)) => ExerciseMark.Right(question),
        { } number => ExerciseMark.Wrong(question, string.Create(CultureInfo.InvariantCulture, $"{number:G6} is not it."), hint),
    };

    /// <summary>Checks whether the answer does what was asked.</summary>
    /// <param name="question">What was asked, in a few words.</param>
    /// <param name="right">Whether it does; null while the exercise is open.</param>
    /// <param name="hint">The hint for a wrong answer.</param>
    public static ExerciseMark Check(string question, bool? right, string hint) => right switch
    {
        null => ExerciseMark.Open(question),
        true => ExerciseMark.Right(question),
        false => ExerciseMark.Wrong(question, "not yet.", hint),
    };
}
