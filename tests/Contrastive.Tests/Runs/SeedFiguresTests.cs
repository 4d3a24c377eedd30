using Contrastive.Display;
using Contrastive.Runs;
using Contrastive.Tests.Display;
using Xunit;

namespace Contrastive.Tests.Runs;

[Collection(ProcessState.Name)]
public sealed class SeedFiguresTests
{
    private const string Json = """
        {
          "laptop": {
            "shapes": {
              "commit": "abc", "date": "2026-11-27", "machine": "a processor, 2 threads", "threads": 2,
              "parameters": { "batchSize": 64, "rate": 0.003, "share": 0.1, "model": "", "pooling": "Paper" },
              "seeds": {
                "3": { "knn.trained": 0.79, "loss": 4.0, "gain": -0.0002 },
                "1": { "knn.trained": 0.781, "loss": 4.25 },
                "2": { "knn.trained": 0.802, "arm": 0.5 }
              }
            }
          }
        }
        """;

    [Fact]
    public void This_seeds_own_number_is_seen_beside_the_others_in_their_order()
    {
        using var environment = new LessonEnvironment();
        var run = Start(environment, seed: 2);
        run.Record("knn.trained", 0.7);
        Assert.Equivalent(new Dot("SimCLR", 0.7, [0.781, 0.79]), run.Seen("SimCLR", "knn.trained"), strict: true);
        Assert.Equal([0.781, 0.79], run.OtherSeeds("knn.trained"));
        Assert.Equal("70.0 % (78.1, 79.0)", run.Spread("knn.trained"));
    }

    [Fact]
    public void A_seed_that_is_not_in_the_record_sees_all_of_it()
    {
        using var environment = new LessonEnvironment();
        Assert.Equal([0.781, 0.802, 0.79], Start(environment, seed: 7).OtherSeeds("knn.trained"));
    }

    [Fact]
    public void What_this_run_leaves_out_is_seen_of_the_recorded_seeds()
    {
        using var environment = new LessonEnvironment();
        var run = Start(environment, seed: 1);
        Assert.Equivalent(new Dot("arm", null, [0.5]), run.Seen("arm", "arm"), strict: true);
        Assert.Equal("(50.0)", run.Spread("arm"));
        Assert.Equal("(50.0)", Start(environment, seed: 2).Spread("arm")); // recorded of this very seed
        Assert.Equal([0.781, 0.802, 0.79], Start(environment, seed: 2).OtherSeeds("knn.trained"));
        Assert.Equal("(4.25, 4.00)", Start(environment, seed: 2).Spread("loss", "F2"));
    }

    [Fact]
    public void A_number_that_rounds_to_zero_has_no_sign()
    {
        using var environment = new LessonEnvironment();
        var run = Start(environment, seed: 1);
        run.Record("gain", -0.0004);
        Assert.Equal("0.0 % (0.0)", run.Spread("gain"));
        Assert.Equal("-0.04 % (-0.02)", run.Spread("gain", "P2"));
    }

    [Fact]
    public void Without_a_record_of_the_tier_or_data_only_this_run_is_seen_and_nothing_is_said()
    {
        using var smoke = new LessonEnvironment("smoke");
        var run = Start(smoke, seed: 1);
        using var sink = new Sink();
        run.Record("knn.trained", 0.4);
        Assert.Equal("40.0 %", run.Spread("knn.trained"));
        Assert.Null(run.Seen("new", "new.metric").Value);
        Assert.Empty(Start(smoke, seed: 1, json: null).OtherSeeds("knn.trained"));
        using var laptop = new LessonEnvironment();
        Assert.Empty(Start(laptop, seed: 1, data: "cifar10").OtherSeeds("knn.trained"));
        Assert.Empty(sink.Shown);
    }

    [Fact]
    public void Figures_of_other_parameters_are_left_out_and_the_output_says_so_once()
    {
        using var environment = new LessonEnvironment(set: """{"batchSize": 32}""");
        var run = Start(environment, seed: 1);
        run.Parameter("epochs", 5);
        using var sink = new Sink();
        Assert.Empty(run.OtherSeeds("knn.trained"));
        Assert.Empty(run.Seen("SimCLR", "knn.trained").Others!);
        Assert.Equal("–", run.Spread("knn.trained"));
        Assert.Equal(
            "Other seeds are left out: they were recorded with batchSize 64 (here 32), epochs unknown (here 5).",
            Assert.Single(sink.Shown).Content["text/plain"]);
    }

    [Fact]
    public void A_parameter_that_the_lesson_no_longer_has_is_a_difference_and_a_switch_is_none()
    {
        using var environment = new LessonEnvironment(set: """{"resume": true}""");
        var run = Start(environment, seed: 1);
        run.Switch("resume", false);
        Assert.Equal(3, run.OtherSeeds("knn.trained").Count);

        using var sink = new Sink();
        var old = new LessonRun("01-simclr", RunEnvironment.Read(Environment.GetEnvironmentVariable), environment.Folder, 1, Json);
        old.DataName("shapes");
        Assert.Empty(old.OtherSeeds("knn.trained"));
        Assert.Contains("batchSize 64 (here unknown), rate 0.003 (here unknown)", sink.Shown.Single().Content["text/plain"], StringComparison.Ordinal);
        Assert.Contains("model empty (here unknown)", sink.Shown.Single().Content["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_nobody_measured_is_refused_with_those_that_there_are()
    {
        using var environment = new LessonEnvironment();
        var run = Start(environment, seed: 1);
        Refused("'knn.traned'. The file has knn.trained, loss, gain, arm.", () => _ = run.Seen("SimCLR", "knn.traned"));
        Refused("knn.traned", () => _ = run.Spread("knn.traned"));
        Refused("metric", () => _ = run.OtherSeeds(" "));
        Refused("name", () => _ = run.Seen("", "loss"));
        run.Record("knn.new", 0.5);
        Assert.Equal("50.0 %", run.Spread("knn.new"));
    }

    [Theory]
    [InlineData("""{ "laptop": { "shapes": { "date": "today" } } }""", "data/seeds/01-simclr.json, line 1:")]
    [InlineData("{ \"laptop\":\n [] }", "data/seeds/01-simclr.json, line 2:")]
    [InlineData("{", "contrastive run 01-simclr --seeds 1..3 --record")]
    public void A_damaged_record_is_refused_with_its_place(string json, string message)
    {
        using var environment = new LessonEnvironment();
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Start(environment, 1, json: json).OtherSeeds("loss")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lesson_without_a_file_has_no_built_in_record() => Assert.Null(SeedRecord.BuiltIn("99-none"));

    private static void Refused(string message, Action action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static LessonRun Start(LessonEnvironment environment, long seed, string data = "shapes", string? json = Json)
    {
        var run = new LessonRun("01-simclr", RunEnvironment.Read(Environment.GetEnvironmentVariable), environment.Folder, seed, json);
        run.DataName(data);
        run.Parameter("batchSize", 64);
        run.Parameter("rate", 3e-3);
        run.Parameter("share", 0.1f);
        run.Parameter("model", "");
        run.Parameter("pooling", Tier.Paper);
        return run;
    }
}
