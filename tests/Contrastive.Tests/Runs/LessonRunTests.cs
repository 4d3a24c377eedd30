using System.Text.Json;
using Contrastive.Runs;
using TorchSharp;
using Xunit;

namespace Contrastive.Tests.Runs;

[Collection(ProcessState.Name)]
public sealed class LessonRunTests
{
    [Fact]
    public void Is_a_laptop_run_with_seed_1_in_the_users_cache_when_nothing_is_said()
    {
        using var environment = new LessonEnvironment(withFolder: false);
        var run = Lesson.Start("01-simclr");
        Assert.Equal(Tier.Laptop, run.Tier);
        Assert.Equal(1, run.Seed);
        Assert.Null(run.Data);
        Assert.EndsWith("contrastive/runs/01-simclr/laptop", run.Folder.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal("shapes", run.DataName("shapes"));
        Assert.Equal("shapes", run.Data);
    }

    [Theory]
    [InlineData("smoke", 64)]
    [InlineData("Laptop", 128)]
    [InlineData("PAPER", 512)]
    public void Gives_each_parameter_the_value_of_the_tier(string tier, int expected)
    {
        using var environment = new LessonEnvironment(tier);
        Assert.Equal(expected, Lesson.Start("01-simclr").Parameter("batchSize", smoke: 64, laptop: 128, paper: 512));
    }

    [Theory]
    [InlineData("""{"batchSize": 32, "temperature": 0.2, "nesterov": true, "name": "x", "tier": "paper"}""")]
    [InlineData("""{"batchSize": "32", "temperature": "2e-1", "nesterov": "True", "name": "x", "tier": "Paper"}""")]
    public void Takes_overrides_as_numbers_or_as_text(string set)
    {
        using var environment = new LessonEnvironment(set: set);
        var run = Lesson.Start("01-simclr");
        Assert.Equal(32, run.Parameter("batchSize", 1, 2, 3));
        Assert.Equal(0.2, run.Parameter("temperature", 0.5));
        Assert.True(run.Parameter("nesterov", false));
        Assert.Equal("x", run.Parameter("name", "y"));
        Assert.Equal(Tier.Paper, run.Parameter("tier", Tier.Smoke));
    }

    [Fact]
    public void The_record_names_what_was_overridden_and_no_more()
    {
        using var environment = new LessonEnvironment("smoke", set: """{"temperature": 0.2, "epochs": 3}""");
        var run = Lesson.Start("01-simclr");
        run.Parameter("temperature", 0.5);
        run.Parameter("epochs", 3);
        run.Parameter("width", 16);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")));
        Assert.Equal("""{"temperature":0.2}""", record.RootElement.GetProperty("overridden").GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
    }

    [Fact]
    public void Curves_have_a_file_for_each_training_in_the_runs_folder()
    {
        using var environment = new LessonEnvironment("smoke");
        var run = Lesson.Start("01-simclr");
        Assert.Equal(Path.Combine(run.Folder, "curves", "with color distortion.csv"), run.CurvesPath("with color distortion"));
        Assert.True(Directory.Exists(Path.Combine(run.Folder, "curves")));
        Assert.Contains("The name is '../x'", Assert.Throws<ArgumentException>(() => run.CurvesPath("../x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lowers_a_parameter_for_which_the_data_is_too_small_and_says_so()
    {
        using var environment = new LessonEnvironment("smoke");
        var run = Lesson.Start("01-simclr");
        using var sink = new Display.Sink();
        Assert.Equal(64, run.Parameter("batchSize", smoke: 64, laptop: 128, paper: 512));
        Assert.Equal(64, run.AtMost("batchSize", 64, "pets has 64 pictures"));
        Assert.Empty(sink.Shown);
        Assert.Equal(16, run.AtMost("batchSize", 16, "pets has 16 pictures"));
        Assert.Equal("batchSize is 16 instead of 64: pets has 16 pictures.", sink.Shown.Single().Content["text/plain"]);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")));
        Assert.Equal(16, record.RootElement.GetProperty("parameters").GetProperty("batchSize").GetInt32());
        Assert.Contains("the data", run.Parameters.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, 100, 4, 64)]
    [InlineData(64, 18, 4, 16)]
    [InlineData(62, 100, 4, 60)]
    [InlineData(64, 8, 4, 8)]
    public void Lowers_a_parameter_to_a_multiple(int value, int most, int multipleOf, int expected)
    {
        using var environment = new LessonEnvironment();
        var run = Lesson.Start("01-simclr");
        run.Parameter("batchSize", value);
        Assert.Equal(expected, run.AtMost("batchSize", most, "a batch has parts", multipleOf, atLeast: 2 * multipleOf));
        Assert.Equal(expected, run.AtMost("batchSize", most, "a batch has parts", multipleOf, atLeast: 2 * multipleOf));
    }

    [Fact]
    public void Refuses_what_set_asks_for_beyond_the_data_and_data_that_leaves_nothing()
    {
        using var environment = new LessonEnvironment(set: """{"batchSize": 64}""");
        var run = Lesson.Start("01-simclr");
        run.Parameter("batchSize", 128);
        run.Parameter("queueLength", 512);
        run.Parameter("rate", 0.5);
        Assert.Equal("batchSize is 64, but pets has 16 pictures: set it to 16 or less.", Refused("batchSize", 16));
        Assert.Equal("queueLength is 512, but pets has 16 pictures: the data is too small, at least 1 is needed.", Refused("queueLength", 0));
        Assert.Equal("'rate' is no whole number that 01-simclr has declared; call Parameter first.", Refused("rate", 1));

        Assert.Equal("batchSize is 64, but pets has 16 pictures: set it to a multiple of 5, 15 or less, at least 10.", Refused("batchSize", 16, 5, 10));
        Assert.Equal("queueLength is 512, but pets has 16 pictures: the data is too small, at least 24 are needed.", Refused("queueLength", 16, 4, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.AtMost("batchSize", 64, "", multipleOf: 0));

        string Refused(string name, int most, int multipleOf = 1, int atLeast = 1) => Assert.Throws<ArgumentException>(() => run.AtMost(name, most, "pets has 16 pictures", multipleOf, atLeast)).Message;
    }

    [Theory]
    [InlineData("\"abc\"", "Parameter 'batchSize' was set to 'abc'; expected a whole number, as in --set batchSize=128.")]
    [InlineData("1.5", "Parameter 'batchSize' was set to '1.5'; expected a whole number, as in --set batchSize=128.")]
    [InlineData("null", "Parameter 'batchSize' was set to 'null'; expected a whole number, as in --set batchSize=128.")]
    [InlineData("[1]", "Parameter 'batchSize' was set to '[1]'; expected a whole number, as in --set batchSize=128.")]
    public void Refuses_an_override_of_another_type(string value, string message)
    {
        using var environment = new LessonEnvironment(set: $$"""{"batchSize": {{value}}}""");
        var run = Lesson.Start("01-simclr");
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => run.Parameter("batchSize", 128)).Message);
    }

    [Fact]
    public void A_switch_is_set_like_a_parameter_and_kept_apart_from_them()
    {
        using var environment = new LessonEnvironment(set: """{"resume": true}""");
        var run = Lesson.Start("01-simclr");
        run.Parameter("batchSize", 64);
        Assert.True(run.Switch("resume", false));
        Assert.Equal(20, run.Switch("stepsBetweenCheckpoints", 20));
        Assert.Contains("stepsBetweenCheckpoints", run.Parameters.ToString(), StringComparison.Ordinal);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "metrics.json")));
        Assert.Equal("batchSize", record.RootElement.GetProperty("parameters").EnumerateObject().Single().Name);
        Assert.True(record.RootElement.GetProperty("switches").GetProperty("resume").GetBoolean());
    }

    [Fact]
    public void Lists_the_valid_names_when_an_override_names_none()
    {
        using var environment = new LessonEnvironment(set: """{"batchSiz": 3, "epochs": 2}""");
        var run = Lesson.Start("01-simclr");
        run.Parameter("batchSize", 128);
        run.Parameter("epochs", 5);
        Assert.Equal(
            "--set names 'batchSiz', which 01-simclr does not have; its parameters are batchSize, epochs.",
            Assert.Throws<ArgumentException>(() => run.Parameters).Message);
    }

    [Theory]
    [InlineData("fast", null, null, "CONTRASTIVE_TIER is 'fast'; choose smoke, laptop or paper.")]
    [InlineData("2", null, null, "CONTRASTIVE_TIER is '2'; choose smoke, laptop or paper.")]
    [InlineData(null, "one", null, "CONTRASTIVE_SEED is 'one'; expected a whole number, such as 1.")]
    [InlineData(null, null, "batchSize=3", "CONTRASTIVE_SET is 'batchSize=3'; expected a JSON object of parameters, such as {\"batchSize\": 128}.")]
    [InlineData(null, null, "[1]", "CONTRASTIVE_SET is '[1]'; expected a JSON object of parameters, such as {\"batchSize\": 128}.")]
    public void Refuses_an_environment_that_does_not_parse(string? tier, string? seed, string? set, string message)
    {
        using var environment = new LessonEnvironment(tier, seed, set);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Lesson.Start("01-simclr")).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../01-simclr")]
    [InlineData("a/b")]
    public void Refuses_a_lesson_name_that_is_no_file_name(string name)
    {
        using var environment = new LessonEnvironment();
        Assert.Throws<ArgumentException>(() => Lesson.Start(name));
    }

    [Fact]
    public void Seeds_torch()
    {
        using var environment = new LessonEnvironment(seed: "7");
        using var scope = torch.NewDisposeScope();
        Lesson.Start("01-simclr");
        var first = torch.rand(5);
        torch.manual_seed(7);
        Assert.True(first.equal(torch.rand(5)).all().item<bool>());
    }

    [Fact]
    public void Writes_what_was_measured_and_how()
    {
        using var environment = new LessonEnvironment("smoke", "3", """{"epochs": 2}""", "cifar10");
        var run = Lesson.Start("01-simclr");
        run.DataName("shapes");
        run.Parameter("epochs", 1, 5, 800);
        run.Parameter("temperature", 0.5);
        run.Record("knn.trained", 0.4);
        run.Record("knn.trained", 0.72);
        run.PaperVersusOurs("shapes", new PaperRow("linear probe, CIFAR-10", "94.0 %", 0.51, "ResNet-50, 1,000 epochs"));
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(environment.Folder, "metrics.json")));
        var root = record.RootElement;
        Assert.Equal("01-simclr", root.GetProperty("lesson").GetString());
        Assert.Equal("smoke", root.GetProperty("tier").GetString());
        Assert.Equal(3, root.GetProperty("seed").GetInt64());
        Assert.Equal("cifar10", root.GetProperty("data").GetString());
        Assert.Equal(run.Device.ToString(), root.GetProperty("device").GetString());
        Assert.Equal(2, root.GetProperty("parameters").GetProperty("epochs").GetInt32());
        Assert.Equal(0.5, root.GetProperty("parameters").GetProperty("temperature").GetDouble());
        Assert.Equal(0.72, root.GetProperty("metrics").GetProperty("knn.trained").GetDouble());
        Assert.Equal(0.51, root.GetProperty("paper")[0].GetProperty("ours").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("paper")[0].GetProperty("paper").ValueKind);
        Assert.Matches(@"^2\.\d+\.\d+$", root.GetProperty("packages").GetProperty("libtorch").GetString());
        Assert.Matches(@"^2\.\d+\.\d+$", root.GetProperty("packages").GetProperty("SkiaSharp").GetString());
        Assert.Matches(@"^0\.\d+\.\d+$", root.GetProperty("packages").GetProperty("TorchSharp").GetString());
        Assert.Equal(["metrics.json"], Directory.GetFileSystemEntries(environment.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_a_metric_that_is_not_finite(double value)
    {
        using var environment = new LessonEnvironment();
        var run = Lesson.Start("01-simclr");
        Assert.Contains("'loss'", Assert.Throws<ArgumentException>(() => run.Record("loss", value)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => run.PaperVersusOurs("cifar10", new PaperRow("loss", null, value)));
        Assert.Throws<ArgumentException>(() => run.PaperVersusOurs("", new PaperRow("loss", null, 1)));
    }

    [Fact]
    public void Keeps_checkpoints_in_the_run_folder_under_plain_names()
    {
        using var environment = new LessonEnvironment();
        var run = Lesson.Start("01-simclr");
        Assert.Equal(Path.Combine(environment.Folder, "checkpoints", "encoder.ckpt"), run.CheckpointPath("encoder.ckpt"));
        Assert.True(Directory.Exists(Path.Combine(environment.Folder, "checkpoints")));
        Assert.Throws<ArgumentException>(() => run.CheckpointPath("../encoder.ckpt"));
    }

    [Fact]
    public void Shows_parameters_with_where_they_come_from()
    {
        using var environment = new LessonEnvironment("smoke", set: """{"epochs": 2}""");
        var run = Lesson.Start("01-simclr");
        run.Parameter("epochs", 1, 5, 800);
        run.Parameter("batchSize", 64, 128, 512);
        run.Parameter("temperature", 0.5);
        var lines = run.Parameters.ToString().Split('\n');
        Assert.StartsWith("01-simclr: smoke tier, seed 1, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            [
                "Parameter    Value  From",
                "───────────  ─────  ──────────────",
                "epochs           2  --set (else 1)",
                "batchSize       64  smoke",
                "temperature    0.5  all tiers",
            ],
            lines[1..]);
    }

    [Fact]
    public void Puts_the_papers_figures_beside_ours_in_its_setup_on_its_data()
    {
        using var environment = new LessonEnvironment("paper", data: "cifar10");
        var table = Lesson.Start("01-simclr").PaperVersusOurs(
            "cifar10",
            new PaperRow("kNN", null, 0.7234),
            new PaperRow("linear probe, CIFAR-10", "94.0 %", 0.51, "800 epochs less", "table 8"));
        Assert.Equal(
            """
                                    Paper     Ours  Source   Why they differ
            ──────────────────────  ──────  ──────  ───────  ───────────────
            kNN                     –       0.7234
            linear probe, CIFAR-10  94.0 %  0.5100  table 8  800 epochs less
            """,
            table.ToString(), ignoreLineEndingDifferences: true);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(environment.Folder, "metrics.json")));
        Assert.Equal("94.0 %", record.RootElement.GetProperty("paper")[1].GetProperty("paper").GetString());
        Assert.Equal("table 8", record.RootElement.GetProperty("paper")[1].GetProperty("source").GetString());
    }

    [Theory]
    [InlineData("laptop", "cifar10")]
    [InlineData("paper", "shapes")]
    public void Leaves_out_figures_of_the_paper_that_do_not_compare(string tier, string data)
    {
        using var environment = new LessonEnvironment(tier, data: data);
        var table = Lesson.Start("01-simclr").PaperVersusOurs("cifar10", new PaperRow("linear probe", "94.0 %", 0.51));
        Assert.Equal(
            $"""
            The paper's figures are of cifar10 at the paper tier; this run, of {data} at {tier}, does not compare.
                          Paper  Ours
            ────────────  ─────  ────
            linear probe  –      0.51
            """,
            table.ToString(), ignoreLineEndingDifferences: true);
        Assert.DoesNotContain("94", File.ReadAllText(Path.Combine(environment.Folder, "metrics.json")).Split("\"packages\"")[0].Split("\"paper\":")[1], StringComparison.Ordinal);
    }
}
