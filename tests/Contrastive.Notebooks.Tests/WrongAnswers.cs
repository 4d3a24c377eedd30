using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;

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

/// <summary>An exercise of a lesson.</summary>
/// <param name="Variable">The first variable that its cell leaves open.</param>
/// <param name="Cell">The cell to fill in.</param>
/// <param name="Check">The cell below it, which checks what was filled in; null for an open task.</param>
internal sealed partial record LessonExercise(string Variable, NotebookCell Cell, NotebookCell? Check)
{
    public static IReadOnlyList<LessonExercise> Of(Notebook notebook)
    {
        NotebookCell[] code = [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Code)];
        return
        [
            .. from place in Enumerable.Range(0, code.Length)
               where code[place].Tags.Contains("exercise")
               let next = code.ElementAtOrDefault(place + 1)
               select new LessonExercise(
                   Declaration().Match(code[place].Source).Groups[1].Value, code[place], next is not null && next.Tags.Contains("check") ? next : null),
        ];
    }

    /// <summary>A nullable variable at the beginning of a line: what the reader gives.</summary>
    [GeneratedRegex(@"^[A-Za-z][^\n=]*\? (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
