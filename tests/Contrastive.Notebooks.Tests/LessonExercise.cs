using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;

namespace Contrastive.Notebooks.Tests;

/// <summary>An exercise of a lesson: a code cell tagged <c>exercise</c>, to be filled in, and the code cell below it.</summary>
/// <param name="Variable">The first variable that the cell leaves open.</param>
/// <param name="Cell">The cell to fill in.</param>
/// <param name="Below">What checks the answer or, in an open task, shows what came out beside the prediction.</param>
internal sealed partial record LessonExercise(string Variable, NotebookCell Cell, NotebookCell Below)
{
    /// <summary>Whether the answer is checked; an open task has no check.</summary>
    public bool IsChecked => Below.Tags.Contains("check");

    public static IReadOnlyList<LessonExercise> Of(Notebook lesson) =>
    [
        .. from pair in CodeOf(lesson).Zip(CodeOf(lesson).Skip(1))
           where pair.First.Tags.Contains("exercise")
           select new LessonExercise(Declaration().Match(pair.First.Source).Groups[1].Value, pair.First, pair.Second),
    ];

    public static IEnumerable<NotebookCell> CodeOf(Notebook notebook) => notebook.Cells.Where(cell => cell.Kind == CellKind.Code);

    /// <summary>A nullable variable at the beginning of a line: what the reader gives.</summary>
    [GeneratedRegex(@"^[A-Za-z(][^\n=]*\? (\w+) =", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
