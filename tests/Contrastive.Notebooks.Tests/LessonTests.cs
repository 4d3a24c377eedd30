using System.Text.Json.Nodes;
using Contrastive.Encoders;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>Every lesson and solution, run as a reader runs it: from the command line, in its own process, at the smallest tier.</summary>
public sealed class LessonTests
{
    private static readonly string Root = RunFolder.Root;

    public static TheoryData<string> Lessons => Notebooks("notebooks");

    public static TheoryData<string> Solutions => Notebooks("notebooks/solutions");

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_lesson_runs_at_the_smoke_tier_and_its_metrics_lie_in_their_bands(string lesson)
    {
        using var folder = new RunFolder();
        folder.Run(lesson);

        var metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "metrics.json")))!;
        Assert.NotEmpty(metrics["metrics"]!.AsObject());
        var page = File.ReadAllText(Path.Combine(folder.Path, "index.html"));
        Assert.DoesNotMatch("""<(script|img|link|iframe)\b[^>]*\b(src|href)="(https?:)?//""", page);
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public void A_solution_answers_every_exercise_of_its_lesson(string lesson)
    {
        using var folder = new RunFolder();
        folder.Run(Path.Combine(Root, "notebooks", "solutions", $"{lesson}.ipynb"));

        var marks = Marks(Path.Combine(folder.Path, $"{lesson}.ipynb"));
        var asked = File.ReadAllText(Path.Combine(Root, "notebooks", $"{lesson}.ipynb")).Split("Exercise.Check(").Length - 1;
        Assert.True(marks.Count >= asked, $"{lesson} asks {asked} times, its solution shows {marks.Count} marks.");
        Assert.All(marks, mark => Assert.StartsWith("✓", mark, StringComparison.Ordinal));
    }

    [Fact]
    public void The_SimCSE_lesson_starts_from_a_released_model_as_the_paper_does()
    {
        using var folder = new RunFolder();
        var model = Path.Combine(folder.Path, "model");
        var tokenizer = BertTokenizer.Train(["the doctor will see the old farmer in the garden", "a physician did not visit the pilot"], 100);
        var config = BertConfig.Small(tokenizer.VocabularySize) with { HiddenSize = 16, IntermediateSize = 32, Layers = 1 };
        BertFolder.Save(model, new BertMaskedLanguageModel(new BertEncoder(config)), tokenizer);

        // The bands are for the lesson's own encoder; what counts here is that every cell runs.
        var (_, log) = folder.Start("03-simcse", "--set", $"model={model}", "--set", "maskSteps=0", "--set", "deletion=0", "--set", "maskWeight=0.1", "--set", "pooling=ClassWithTrainingHead");

        var cells = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "metrics.json")))!["cells"]!.AsArray();
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.True("Succeeded" == (string?)cell!["outcome"], log));
        var page = File.ReadAllText(Path.Combine(folder.Path, "index.html"));
        Assert.Contains("in 1 layers of width 16", page, StringComparison.Ordinal);
        Assert.Equal(tokenizer.Vocabulary, BertFolder.Load(Path.Combine(folder.Path, "encoder")).Tokenizer.Vocabulary);
    }

    [Fact]
    public void The_DPR_lesson_has_the_papers_settings_and_starts_from_a_released_model()
    {
        using var folder = new RunFolder();
        var model = Path.Combine(folder.Path, "model");
        var tokenizer = BertTokenizer.Train(["who designed the old bridge near the village", "the painter was born in the north and lived by the sea"], 100);
        var config = BertConfig.Small(tokenizer.VocabularySize) with { HiddenSize = 16, IntermediateSize = 32, Layers = 1, MaxPositions = 256 };
        BertFolder.Save(model, new BertEncoder(config), tokenizer);

        // All settings of the paper but those that make it long.
        var (exitCode, log) = folder.StartAt(
            "paper", "04-dpr", "--set", $"model={model}", "--set", "entries=60", "--set", "batchSize=16", "--set", "firstSteps=3", "--set", "secondSteps=2", "--set", "warmup=1", "--set", "tokenBudget=4000");

        Assert.True(exitCode == 0, log);
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "metrics.json")))!;
        Assert.All(record["cells"]!.AsArray(), cell => Assert.True("Succeeded" == (string?)cell!["outcome"], log));
        Assert.Equal("False", record["parameters"]!["shared"]!.ToString(), ignoreCase: true);
        using var saved = DualEncoderFolder.Load(Path.Combine(folder.Path, "encoder"));
        Assert.False(saved.IsShared);
        Assert.Equal(tokenizer.Vocabulary, ((BertTokenizer)saved.Passage.Tokenizer).Vocabulary);
    }

    [Fact]
    public void The_CLIP_lesson_has_the_papers_settings_and_starts_from_a_released_model()
    {
        using var folder = new RunFolder();
        var model = Path.Combine(folder.Path, "model");
        var tokenizer = ClipTokenizer.Learn(["a large red circle and two blue stars", "a picture of a small green ring above a white heart"], 540, minimumCount: 1);
        var config = ClipConfig.Small(tokenizer.VocabularySize) with
        {
            ProjectionWidth = 16,
            Vision = new VisionTransformerConfig { ImageSize = 32, PatchSize = 8, Width = 16, Layers = 1, Heads = 2, IntermediateSize = 32 },
            Text = new ClipTextConfig { VocabularySize = tokenizer.VocabularySize, Width = 16, Layers = 1, Heads = 2, IntermediateSize = 32 },
        };
        ClipFolder.Save(model, new ClipModel(config, tokenizer));

        // All settings of the paper but those that make it long.
        var (exitCode, log) = folder.StartAt(
            "paper", "05-clip", "--set", $"model={model}", "--set", "pictures=60", "--set", "testPictures=90", "--set", "batchSize=16", "--set", "chunk=6", "--set", "steps=4",
            "--set", "warmup=1", "--set", "softSteps=2");

        Assert.True(exitCode == 0, log);
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "metrics.json")))!;
        Assert.All(record["cells"]!.AsArray(), cell => Assert.True("Succeeded" == (string?)cell!["outcome"], log));
        Assert.Equal("0.0005", record["parameters"]!["learningRate"]!.ToString());
        using var saved = ClipFolder.Load(Path.Combine(folder.Path, "clip"));
        Assert.Equal(16, saved.ProjectionWidth);
        Assert.Equal(tokenizer.VocabularySize, saved.Tokenizer.VocabularySize);
    }

    private static TheoryData<string> Notebooks(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Root, folder), "*.ipynb").Order(StringComparer.Ordinal).Select(file => Path.GetFileNameWithoutExtension(file))];

    /// <summary>The first lines of all text outputs that look like the mark of an exercise or a check.</summary>
    private static List<string> Marks(string notebook) =>
    [
        .. from cell in JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray()
           where (string?)cell!["cell_type"] == "code"
           from output in cell["outputs"]!.AsArray()
           let lines = output?["data"]?["text/plain"]
           where lines is not null
           let text = lines is JsonArray parts ? string.Concat(parts.Select(part => (string)part!)) : (string)lines!
           where text.Length > 0 && "✓✗○".Contains(text[0], StringComparison.Ordinal)
           select text,
    ];
}
