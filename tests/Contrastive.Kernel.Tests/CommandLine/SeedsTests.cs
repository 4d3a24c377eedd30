using System.Text.Json.Nodes;
using Xunit;

namespace Contrastive.Kernel.Tests.CommandLine;

/// <summary><c>contrastive run LESSON --seeds</c> as a user starts it.</summary>
public sealed class SeedsTests : IDisposable
{
    /// <summary>Writes metrics.json as a lesson does: the metric <c>knn</c> is a tenth of the seed, and seed 3 alone has <c>late</c>.</summary>
    private const string Lesson = """
        var seed = long.Parse(Environment.GetEnvironmentVariable("CONTRASTIVE_SEED"));
        var set = Environment.GetEnvironmentVariable("CONTRASTIVE_SET") ?? "";
        if (set.Contains("crash") && seed == 2) throw new Exception("no");
        var late = seed == 3 ? ", \"late\": 7" : "";
        var steps = set.Contains("steps") ? seed : 5;
        File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("CONTRASTIVE_RUN"), "metrics.json"),
            "{ \"data\": \"shapes\", \"deviceName\": \"a processor, 2 threads\", \"threads\": 2, \"seed\": " + seed + ", \"parameters\": { \"epochs\": 16, \"steps\": " + steps
            + ", \"model\": \"" + (set.Contains("weights") ? "/weights" : "") + "\" }, \"metrics\": { \"knn\": " + (seed / 10.0).ToString(System.Globalization.CultureInfo.InvariantCulture) + late + " } }");
        """;

    private readonly TemporaryFolder _folder = new();

    public SeedsTests()
    {
        _folder.Write("Contrastive.Notebooks.sln", "");
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json(Lesson));
    }

    private string RecordPath => Path.Combine(_folder.Path, "data", "seeds", "01-a.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_seed_has_its_folder_and_all_have_a_table_and_a_file()
    {
        _folder.Write("out/seeds.json", "old");
        var (code, output, error) = await Run("--seeds", "1,3");
        Assert.True(code == 0, output + error);
        Assert.Matches(@"knn +0\.2 ± 0\.14 +0\.1 +0\.3", output);
        Assert.Matches(@"late \(1 of 2 seeds\) +7 ± – +7 +7", output);
        foreach (var seed in (int[])[1, 3])
            Assert.Equal(seed / 10.0, (double)Read($"out/seed-{seed}/metrics.json")["metrics"]!["knn"]!);
        var file = Read("out/seeds.json");
        Assert.Equal(("01-a", "smoke", "shapes"), ((string?)file["lesson"], (string?)file["tier"], (string?)file["data"]));
        Assert.Equal("""{"knn":0.3,"late":7}""", file["runs"]!["seeds"]!["3"]!.ToJsonString());
        Assert.Equal("""{"epochs":16,"steps":5,"model":""}""", file["runs"]!["parameters"]!.ToJsonString());
        Assert.Equal("a processor, 2 threads", (string?)file["runs"]!["machine"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", (string?)file["runs"]!["date"]);
        Assert.Equal(["01-a.ipynb"], Directory.GetFiles(Path.Combine(_folder.Path, "notebooks")).Select(Path.GetFileName));
        Assert.Equal(["seeds.json"], Directory.GetFiles(Path.Combine(_folder.Path, "out")).Select(Path.GetFileName));
        Assert.False(Directory.Exists(Path.GetDirectoryName(RecordPath)));
    }

    [Fact]
    public async Task A_record_replaces_its_own_tier_and_data_and_keeps_the_others()
    {
        _folder.Write("data/seeds/01-a.json", """{ "laptop": { "shapes": { "commit": "kept" } }, "smoke": { "shapes": { "commit": "replaced" }, "cifar10": { "commit": "kept too" } } }""");
        var (code, output, error) = await Run("--seeds", "2,5", "--record", "--set", "arms=all");
        Assert.True(code == 0, output + error);
        Assert.Contains($"Recorded in {RecordPath}", output, StringComparison.Ordinal);
        var record = Read("data/seeds/01-a.json");
        Assert.Equal(["smoke", "laptop"], record.Select(tier => tier.Key));
        Assert.Equal("kept", (string?)record["laptop"]!["shapes"]!["commit"]);
        Assert.Equal("kept too", (string?)record["smoke"]!["cifar10"]!["commit"]);
        Assert.Equal("""{"2":{"knn":0.2},"5":{"knn":0.5}}""", record["smoke"]!["shapes"]!["seeds"]!.ToJsonString());
        Assert.EndsWith("}\n", await File.ReadAllTextAsync(RecordPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_that_leaves_its_band_fails_the_command_and_is_named()
    {
        _folder.Write("data/expected/01-a.json", """{ "smoke": { "shapes": { "knn": { "max": 0.2 } } } }""");
        var (code, output, _) = await Run("--seeds", "3");
        Assert.Equal(1, code);
        Assert.Contains("01-a is out of band with seed 3.", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "out", "seeds.json")));
    }

    [Fact]
    public async Task A_seed_that_breaks_leaves_nothing_said_of_all()
    {
        _folder.Write("out/seeds.json", "old");
        var (code, output, _) = await Run("--seeds", "2..3", "--record", "--set", "crash=true");
        Assert.Equal(1, code);
        Assert.Contains("01-a did not run to its end with seed 2", output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "out", "seeds.json")));
        Assert.False(File.Exists(RecordPath));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "out", "seed-3", "metrics.json")));
    }

    [Theory]
    [InlineData("leave --set epochs out", "epochs=3")]
    [InlineData("the parameter model is a path of this one", "weights=true")]
    public async Task A_record_that_would_not_be_the_lessons_own_is_refused_after_the_first_seed(string message, string setting)
    {
        var (code, _, error) = await Run("--seeds", "1..3", "--record", "--set", setting);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out", "seed-2")));
        Assert.False(File.Exists(RecordPath));
    }

    [Fact]
    public async Task Seeds_of_different_parameters_are_not_put_together()
    {
        // The parameter itself differs from seed to seed here: nothing was set.
        _folder.Write("notebooks/01-a.ipynb", TestNotebook.Json(Lesson.Replace("set.Contains(\"steps\")", "true", StringComparison.Ordinal)));
        var (code, _, error) = await Run("--seeds", "1..2");
        Assert.Equal(2, code);
        Assert.Contains("Seed 2 ran with other parameters than seed 1 (steps)", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "out", "seeds.json")));
    }

    [Fact]
    public async Task A_damaged_record_is_told_before_anything_runs()
    {
        _folder.Write("data/seeds/01-a.json", "{");
        var (code, _, error) = await Run("--seeds", "1..2", "--record");
        Assert.Equal(2, code);
        Assert.Contains(RecordPath, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "out")));
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] arguments) =>
        ContrastiveCommand.RunAsync(_folder, ["run", "01-a", "--tier", "smoke", "--out", "out", .. arguments]);

    private JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, name)))!.AsObject();
}
