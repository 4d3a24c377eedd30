using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Xunit;

namespace Contrastive.Notebooks.Tests;

public sealed class LessonShapeTests
{
    private static readonly LessonCatalog Catalog = LessonCatalog.Find(AppContext.BaseDirectory)!;

    private static readonly string Images = Path.Combine(Catalog.Root, "notebooks", "images");

    public static TheoryData<string> Lessons => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_has_its_card_a_diagram_and_a_prediction_and_is_no_longer_than_a_learner_reads(string lesson)
    {
        var faults = LessonShape.Faults(Notebook.Load(Catalog.NotebookPath(lesson)), LessonShape.WordsOf(lesson), Images);
        Assert.True(faults.Count == 0, $"{lesson}: {string.Join("; ", faults)}.");
    }

    [Fact]
    public void The_first_lesson_is_the_shortest()
    {
        Assert.Equal(1800, LessonShape.WordsOf("00-recipe"));
        Assert.Equal(2200, LessonShape.WordsOf("03-simcse"));
    }

    [Fact]
    public void Every_fault_of_a_lesson_is_found()
    {
        string[] names = ["Problem", "Relationships", "Augmentation", "Negatives", "Encoder", "Loss", "Training", "Paper"];
        string Table(IEnumerable<string> rows) => $"# A lesson\n\n| | |\n|---|---|\n{string.Join('\n', rows.Select(row => $"| **{row}** | some words |"))}\n";
        const string End = "## Encoder\n\n![two towers](images/clip.svg)\n\n**Predict.** Which is nearer?";
        var code = string.Join('\n', Enumerable.Repeat("run();", LessonShape.Lines));
        using var folder = new RunFolder();
        File.WriteAllText(Path.Combine(folder.Path, "clip.svg"), "<svg/>");
        IReadOnlyList<string> Faults(string first, string second, string code, int words = 100) => LessonShape.Faults(Lesson(first, second, code), words, folder.Path);

        Assert.Empty(Faults(Table([.. names, "Time"]), End, code + "\n"));
        Assert.Equal(["63 words of prose; at most 62"], Faults(Table(names), End, code, words: 62));
        Assert.Equal(["41 lines in the code cell 'cell-2'; at most 40"], Faults(Table(names), End, code + "\nrun();"));
        Assert.Contains("begins with the rows 'Problem, Relationships,", Assert.Single(Faults(Table(names[..7]), End, code)), StringComparison.Ordinal);
        Assert.Contains("'Paper, Problem,", Assert.Single(Faults(Table(names.Prepend("Paper")), End, code)), StringComparison.Ordinal);
        Assert.Contains("'Problem, Augmentation,", Assert.Single(Faults(Table(names).Replace("| **Relationships** | some words |", "| **Relationships** | |", StringComparison.Ordinal), End, code)), StringComparison.Ordinal);
        Assert.StartsWith("no line that begins with", Assert.Single(Faults(Table(names), End.Replace("nearer?", "nearer.", StringComparison.Ordinal), code)), StringComparison.Ordinal);
        Assert.StartsWith("no line that begins with", Assert.Single(Faults(Table(names), End.Replace("**Predict.**", "And **Predict.**", StringComparison.Ordinal), code)), StringComparison.Ordinal);
        Assert.StartsWith("no diagram", Assert.Single(Faults(Table(names), End.Replace("![", "see ![", StringComparison.Ordinal), code)), StringComparison.Ordinal);
        Assert.Equal(["there is no images/moco.svg"], Faults(Table(names), End.Replace("clip", "moco", StringComparison.Ordinal), code));
    }

    private static Notebook Lesson(params string[] sources) => Notebook.Parse(new JsonObject
    {
        ["cells"] = new JsonArray([.. sources.Select((source, place) => (JsonNode)(place == sources.Length - 1
            ? new JsonObject { ["cell_type"] = "code", ["id"] = $"cell-{place}", ["metadata"] = new JsonObject(), ["execution_count"] = null, ["outputs"] = new JsonArray(), ["source"] = source }
            : new JsonObject { ["cell_type"] = "markdown", ["id"] = $"cell-{place}", ["metadata"] = new JsonObject(), ["source"] = source }))]),
        ["metadata"] = new JsonObject(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString());
}
