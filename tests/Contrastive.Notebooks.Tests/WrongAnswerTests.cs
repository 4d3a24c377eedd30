using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>
/// Wrong answers in the exercises' cells: no check accepts one. Exercises need nothing that a training leaves behind, so each answer stands,
/// with its check, in the place of the solution's, and a lesson is one process of a few seconds.
/// </summary>
public sealed class WrongAnswerTests
{
    private const int LeastWrongAnswers = 10;
    private const string LeftOpen = "left open";

    private static readonly string Solutions = Path.Combine("notebooks", "solutions");

    public static TheoryData<string> Lessons =>
        [.. Directory.GetFiles(Path.Combine(RunFolder.Root, Solutions), "*.ipynb").Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task No_check_accepts_a_wrong_answer(string lesson)
    {
        var exercises = LessonExercise.Of(Load("notebooks", lesson));
        var answers = WrongAnswers.Of(lesson);
        Assert.InRange(answers.Count, LeastWrongAnswers, int.MaxValue);
        Assert.Equal(
            exercises.Where(exercise => exercise.IsChecked).Select(exercise => exercise.Variable).Order(StringComparer.Ordinal),
            answers.Select(answer => answer.Exercise).Distinct().Order(StringComparer.Ordinal));

        var tries = exercises.SelectMany(exercise => answers.Where(answer => answer.Exercise == exercise.Variable)
            .Prepend(new WrongAnswer(exercise.Variable, LeftOpen, exercise.Cell.Source)).Where(_ => exercise.IsChecked)).ToList();
        var marks = await MarksAsync(lesson, exercises, tries);

        Assert.All(tries.Zip(marks), pair => Assert.True(
            pair.First.Mistake == LeftOpen
                ? pair.Second.Length > 0 && pair.Second.All(mark => mark[0] == '○')
                : pair.Second.Any(mark => mark[0] == '✗') && pair.Second.All(mark => mark[0] != '✓'),
            $"{lesson}, {pair.First.Exercise}, {pair.First.Mistake}: {string.Join(" ", pair.Second)}"));
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_solution_answers_each_exercise_above_the_lessons_own_check(string lesson)
    {
        var exercises = LessonExercise.Of(Load("notebooks", lesson));
        Assert.InRange(exercises.Count, 3, 5);
        Assert.Single(exercises, exercise => !exercise.IsChecked);

        string[] solution = [.. LessonExercise.CodeOf(Load(Solutions, lesson)).Select(cell => cell.Source)];
        Assert.All(exercises.Where(exercise => exercise.IsChecked), exercise =>
        {
            var below = Array.IndexOf(solution, exercise.Below.Source);
            Assert.True(below > 0, $"{lesson}: no cell of the solution is the one below {exercise.Variable}.");
            Assert.Contains($" {exercise.Variable} =", solution[below - 1], StringComparison.Ordinal);
        });
    }

    private static Notebook Load(string folder, string lesson) => Notebook.Load(Path.Combine(RunFolder.Root, folder, $"{lesson}.ipynb"));

    /// <summary>Runs the solution with the tries, each followed by its check, in place of its answers.</summary>
    /// <returns>The marks that each try got.</returns>
    private static async Task<string[][]> MarksAsync(string lesson, IReadOnlyList<LessonExercise> exercises, List<WrongAnswer> tries)
    {
        using var folder = new RunFolder();
        var solution = Load(Solutions, lesson);
        string[] code = [.. LessonExercise.CodeOf(solution).Select(cell => cell.Source)];
        var cells = new List<(string Id, string Code)>();
        for (var place = 0; place < code.Length; place++)
        {
            var exercise = exercises.FirstOrDefault(asked => asked.Below.Source == code.ElementAtOrDefault(place + 1));
            if (exercise is null)
            {
                if (!exercises.Any(asked => Regex.IsMatch(code[place], $@"\b{asked.Variable}\b"))) // else it proves the solution's own answer
                    cells.Add(($"given-{place}", code[place]));
                continue;
            }

            place++;
            cells.AddRange(tries.Index().Where(entry => entry.Item.Exercise == exercise.Variable).Select(entry => ($"try-{entry.Index}", $"{entry.Item.Code}\n{code[place]}")));
        }

        var json = solution.Json.DeepClone().AsObject();
        json["cells"] = new JsonArray([.. cells.Select(cell => (JsonNode)new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = cell.Id,
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = cell.Code,
        })]);
        var notebook = Notebook.Parse(json.ToJsonString());
        var options = new NotebookRunOptions
        {
            Folder = Path.Combine(RunFolder.Root, Solutions),
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
        return [.. tries.Select((_, index) => Marks(notebook.Cells.Single(cell => cell.Id == $"try-{index}")))];
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
