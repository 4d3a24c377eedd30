using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>
/// Wrong answers in the exercises' cells: no check accepts one. What training leaves behind no exercise needs, so the cells run after the
/// first ones of the solutions, each answer together with its check, in one process a lesson.
/// </summary>
public sealed class WrongAnswerTests
{
    private const int LeastWrongAnswers = 10;

    public static TheoryData<string> Lessons =>
        [.. Directory.GetFiles(Path.Combine(RunFolder.Root, "notebooks"), "*.ipynb").Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file)).Where(lesson => File.Exists(WrongAnswers.PathOf(lesson)))];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task No_check_accepts_a_wrong_answer(string lesson)
    {
        var exercises = LessonExercise.Of(Load("notebooks", lesson)).Where(exercise => exercise.Check is not null).ToDictionary(exercise => exercise.Variable);
        var answers = WrongAnswers.Of(lesson);
        Assert.InRange(answers.Count, LeastWrongAnswers, int.MaxValue);
        Assert.Equal(exercises.Keys.Order(StringComparer.Ordinal), answers.Select(answer => answer.Exercise).Distinct().Order(StringComparer.Ordinal));

        string[] open = [.. exercises.Values.Select(exercise => $"{exercise.Cell.Source}\n{exercise.Check!.Source}")];
        string[] wrong = [.. answers.Select(answer => $"{answer.Code}\n{exercises[answer.Exercise].Check!.Source}")];
        var marks = await MarksAsync(lesson, [.. open, .. wrong]);

        Assert.All(marks[..open.Length], (shown, place) => Assert.True(shown.Length > 0 && shown.All(mark => mark[0] == '○'), $"{lesson}, left open: {string.Join(" ", shown)}"));
        Assert.All(marks[open.Length..], (shown, place) => Assert.True(
            shown.Any(mark => mark[0] == '✗') && shown.All(mark => mark[0] != '✓'),
            $"{lesson}, {answers[place].Exercise}, {answers[place].Mistake}: {string.Join(" ", shown)}"));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_solution_has_the_exercises_and_the_checks_of_its_lesson(string lesson)
    {
        var asked = LessonExercise.Of(Load("notebooks", lesson));
        var solved = LessonExercise.Of(Load(Path.Combine("notebooks", "solutions"), lesson));
        Assert.Equal(asked.Select(exercise => exercise.Variable), solved.Select(exercise => exercise.Variable));
        Assert.Equal(asked.Select(exercise => exercise.Check?.Source), solved.Select(exercise => exercise.Check?.Source));
        Assert.InRange(asked.Count, 3, 5);
        Assert.Single(asked, exercise => exercise.Check is null);
    }

    private static Notebook Load(string folder, string lesson) => Notebook.Load(Path.Combine(RunFolder.Root, folder, $"{lesson}.ipynb"));

    /// <summary>Runs the first cells of the lesson's solution and then these.</summary>
    /// <returns>The marks that each of these cells shows.</returns>
    private static async Task<string[][]> MarksAsync(string lesson, string[] cells)
    {
        using var folder = new RunFolder();
        var solution = Load(Path.Combine("notebooks", "solutions"), lesson);
        var first = solution.Cells.Where(cell => cell.Kind == CellKind.Code).TakeWhile(cell => !cell.Tags.Contains("exercise")).Select(cell => cell.Source).ToArray();
        var json = solution.Json.DeepClone().AsObject();
        json["cells"] = new JsonArray([.. first.Concat(cells).Select((code, place) => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = $"cell-{place}",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = code,
        })]);
        var notebook = Notebook.Parse(json.ToJsonString());
        var options = new NotebookRunOptions
        {
            Folder = Path.Combine(RunFolder.Root, "notebooks", "solutions"),
            Environment = new Dictionary<string, string?>
            {
                ["CONTRASTIVE_TIER"] = "smoke",
                ["CONTRASTIVE_RUN"] = folder.Path,
                ["CONTRASTIVE_DATASET"] = null,
                ["CONTRASTIVE_SET"] = null,
                ["CONTRASTIVE_SEED"] = null,
            },
        };
        var run = await NotebookRunner.RunAsync(notebook, options, new Silence(), TestContext.Current.CancellationToken);
        Assert.True(run.Outcome == RunOutcome.Succeeded, $"{lesson}: {run.Message}\n{run.Cells.LastOrDefault(cell => cell.Outcome is not null)?.Cell.Source}");
        return [.. notebook.Cells.Skip(first.Length).Select(Marks)];
    }

    private static string[] Marks(NotebookCell cell) =>
    [
        .. from output in cell.Outputs
           let lines = output?["data"]?["text/plain"]
           where lines is not null
           let text = lines is JsonArray parts ? string.Concat(parts.Select(part => (string)part!)) : (string)lines!
           where text.Length > 0 && "✓✗○".Contains(text[0], StringComparison.Ordinal)
           select text,
    ];
}
