using System.Text.RegularExpressions;

namespace Contrastive.Notebooks.Tests;

/// <summary>A wrong answer to an exercise.</summary>
/// <param name="Exercise">The variable that the exercise asks for, the first that its cell declares.</param>
/// <param name="Mistake">What was done wrong.</param>
/// <param name="Code">What a learner puts into the exercise's cell.</param>
internal sealed record WrongAnswer(string Exercise, string Mistake, string Code);

/// <summary>The wrong answers to a lesson's exercises, from <c>WrongAnswers/LESSON.txt</c>: a line <c>== variable</c> begins those to one
/// exercise, a line <c>// mistake</c> begins one of them, and the code that follows is the exercise's cell.</summary>
internal static partial class WrongAnswers
{
    public static IReadOnlyList<WrongAnswer> Of(string lesson) =>
    [
        .. from exercise in ExerciseStart().Split(File.ReadAllText(PathOf(lesson)).ReplaceLineEndings("\n")).Skip(1)
           let name = exercise.Split('\n')[0].Trim()
           from answer in AnswerStart().Split(exercise).Skip(1)
           let end = answer.IndexOf('\n', StringComparison.Ordinal)
           select new WrongAnswer(name, answer[..end].Trim(), answer[(end + 1)..].Trim()),
    ];

    public static string PathOf(string lesson) => Path.Combine(RunFolder.Root, "tests", "Contrastive.Notebooks.Tests", "WrongAnswers", $"{lesson}.txt");

    [GeneratedRegex("^== ", RegexOptions.Multiline)]
    private static partial Regex ExerciseStart();

    [GeneratedRegex("^// ", RegexOptions.Multiline)]
    private static partial Regex AnswerStart();
}
