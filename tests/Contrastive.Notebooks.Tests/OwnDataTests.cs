using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Contrastive.Encoders;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch.nn;

namespace Contrastive.Notebooks.Tests;

/// <summary>The lessons on a reader's own data, however little of it.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("01-simclr", "folder", "pets", 16, "knn.trained", "trainingImages 16, testImages 4, neighbors 16")]
    [InlineData("02-moco", "folder", "pets", 16, "knn.trained", "trainingImages 16, testImages 4, neighbors 16, warmupSteps 0")]
    [InlineData("03-simcse", "file", "tickets.txt", 30, "spearman.supervised", "sentences 30, triplets 500, pairs 300, maskBatchSize 30")]
    [InlineData("03-simcse", "file", "triplets.tsv", 18, "spearman.supervised", "triplets 18, pairs 12")]
    public void A_lesson_runs_on_ones_own_data_at_the_smoke_tier(string lesson, string kind, string name, int batchSize, string metric, string used)
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        _folder.Run(lesson, "--data", $"{kind}:{Path.Combine(own, name)}");

        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!;
        Assert.Equal($"{kind}:{Path.Combine(own, name)}", (string?)record["data"]);
        Assert.Equal(batchSize, (int)record["parameters"]!["batchSize"]!);
        Assert.NotNull(record["metrics"]![metric]);
        Assert.All(used.Split(", ").Select(entry => entry.Split(' ')), entry => Assert.Equal(entry[1], record["parameters"]![entry[0]]!.ToString()));
        Assert.Null(record["expected"]);
        Assert.Matches($@"batchSize is {batchSize} instead of \d+: {Regex.Escape(name)}", File.ReadAllText(Path.Combine(_folder.Path, $"{lesson}.ipynb")));
    }

    /// <summary>The test questions of DPR's files have answers and no gold passages; their hard negatives come with the file.</summary>
    [Fact]
    public void Lesson_04_reads_practises_and_trains_on_DPRs_own_files()
    {
        var own = Path.Combine(_folder.Path, "nq");
        OwnFiles.WriteDpr(own);
        _folder.Run("04-dpr", "--data", $"dpr:{own}", "--set", "maskSteps=2", "--set", "clozeSteps=2", "--set", "tokenBudget=400", "--set", "refresh=2", "--set", "hardNegatives=2");

        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!;
        Assert.Equal($"dpr:{own}", (string?)record["data"]);
        Assert.All(new[] { "bm25.top20", "cloze.mrr", "mined.top20" }, metric => Assert.InRange((double)record["metrics"]![metric]!, 0.0, 1.0));
        Assert.True((double)record["metrics"]!["bm25.top20"]! > 0.5, "answers are found in passages");
    }

    /// <summary>Captions as people have them have commas and quotes, and some pictures are missing.</summary>
    [Fact]
    public void Lesson_05_runs_on_ones_own_captions_from_towers_of_earlier_lessons_and_says_which_picture_is_missing()
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        OwnFiles.WriteCaptions(Path.Combine(own, "pets"));
        var (weights, bert) = (Path.Combine(own, "lesson01.checkpoint"), Path.Combine(own, "lesson03"));
        using (var network = Sequential(("encoder", new SmallResNet(3, width: 16)), ("head", new ProjectionHead(64, 64, 64))))
            new Checkpoint(weights).With("network", network).Save(1);
        var words = BertTokenizer.Train(["a picture of a disk", "the square number 7"], 60);
        BertFolder.Save(bert, new BertEncoder(BertConfig.Small(words.VocabularySize) with { HiddenSize = 16, IntermediateSize = 32, Layers = 1 }), words);
        _folder.Run("05-clip", "--data", $"captions:{Path.Combine(own, "pets")}", "--set", "minimumCrop=0.8", "--set", $"imageWeights={weights}", "--set", $"textModel={bert}");

        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!;
        Assert.Equal("16", record["parameters"]!["batchSize"]!.ToString());
        Assert.InRange((double)record["metrics"]!["textToImage.recall10"]!, 0.0, 1.0);
        Assert.Null(record["metrics"]!["zeroShot.top1"]);
        Assert.Contains("nowhere.png", File.ReadAllText(Path.Combine(_folder.Path, "05-clip.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lesson_05_makes_captions_of_the_names_of_folders_and_locks_a_tower()
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        _folder.Run("05-clip", "--data", $"folder:{Path.Combine(own, "pets")}", "--set", "loss=siglip", "--set", "imageTower=vit", "--set", "locked=image");

        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!;
        Assert.InRange((double)record["metrics"]!["zeroShot.top1"]!, 0.0, 1.0);
        Assert.Null(record["metrics"]!["pairs.seen"]);
        Assert.True(Directory.Exists(Path.Combine(_folder.Path, "clip")), "a vision transformer is saved in Hugging Face's layout");
    }

    [Fact]
    public void The_smallest_folder_runs_through_lesson_01_and_lesson_02_says_how_many_pictures_it_needs()
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        foreach (var picture in Directory.EnumerateFiles(Path.Combine(own, "pets"), "*", SearchOption.AllDirectories).Where(path => Path.GetFileNameWithoutExtension(path)[0] > '3'))
            File.Delete(picture);
        var data = $"folder:{Path.Combine(own, "pets")}";
        _folder.Run("01-simclr", "--data", data);
        var parameters = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!["parameters"]!;
        Assert.Equal([4, 4, 4, 4, 1], new[] { "trainingImages", "testImages", "batchSize", "neighbors", "warmupSteps" }.Select(name => (int)parameters[name]!));

        var (exitCode, log) = _folder.Start("02-moco", "--data", data);
        Assert.Equal(1, exitCode);
        Assert.Contains("pets train has 4 pictures, and a batch 4 equal parts of at least 2: the data is too small, at least 8 are needed.", log.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pets/disk", "no pictures at '<class>/<picture>'")]
    [InlineData("one", "all 10 pictures are in one class, 'disk'")]
    public void A_folder_that_a_lesson_cannot_use_fails_with_what_is_wrong(string name, string message)
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        Directory.CreateDirectory(Path.Combine(own, "one"));
        Directory.CreateSymbolicLink(Path.Combine(own, "one", "disk"), Path.Combine(own, "pets", "disk"));
        var (exitCode, log) = _folder.Start("01-simclr", "--data", $"folder:{Path.Combine(own, name)}");
        Assert.Equal(1, exitCode);
        Assert.Contains(message, log, StringComparison.Ordinal);
    }
}
