using System.Text.Json.Nodes;
using Contrastive.Cli.Seeds;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Lessons;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>The records of several seeds, beside which lessons show their figures, are of the lessons as they are now.</summary>
public sealed class SeedRecordTests
{
    private static readonly LessonCatalog Catalog = LessonCatalog.Find(AppContext.BaseDirectory)!;

    public static TheoryData<string> Lessons => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_record_has_the_lessons_parameters(string lesson)
    {
        var source = LessonSource.Load(lesson);
        foreach (var (tier, data, record) in Records(lesson))
        {
            var now = await source.ParametersAsync(tier, data, TestContext.Current.CancellationToken);
            var differences = SeedRuns.Differences(record["parameters"]!.AsObject(), now);
            Assert.True(differences.Count == 0, $"The record has other values of {string.Join(", ", differences)} than the lesson. {Remedy(lesson, tier, data)}");
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void A_record_has_the_metrics_that_the_lesson_records_and_shows(string lesson)
    {
        var source = LessonSource.Load(lesson);
        foreach (var (tier, data, record) in Records(lesson))
        {
            var metrics = Seeds(record).SelectMany(seed => seed.Metrics.Select(metric => metric.Key)).ToHashSet(StringComparer.Ordinal);
            Assert.True(source.NotRecorded(metrics) is [], $"The record has {string.Join(", ", source.NotRecorded(metrics))}, which the lesson no longer records. {Remedy(lesson, tier, data)}");
            Assert.True(source.AskedInVain(metrics) is [], $"The lesson shows {string.Join(", ", source.AskedInVain(metrics))}, which the record lacks. {Remedy(lesson, tier, data)}");
        }
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Every_seed_of_a_record_is_in_the_lessons_bands(string lesson)
    {
        var bands = ExpectedBands.Load(Catalog.ExpectedPath(lesson));
        foreach (var (tier, data, record) in Records(lesson))
        {
            foreach (var (seed, metrics) in Seeds(record))
            {
                var outside = (bands.Check(tier, data, metrics) ?? []).Where(band => !band.Holds).ToList();
                Assert.True(outside.Count == 0, $"Seed {seed}, tier {tier}, data {data}: {string.Join("; ", outside)}. Mend data/expected/{lesson}.json, or the lesson.");
            }
        }
    }

    [Fact]
    public void Every_file_is_a_lessons()
    {
        var folder = Path.GetDirectoryName(Catalog.SeedsPath("any"))!;
        Assert.Subset(Catalog.Names.ToHashSet(), Directory.GetFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet());
    }

    [Fact]
    public async Task The_parameters_of_a_lesson_are_those_of_the_tier_and_data()
    {
        var source = LessonSource.Load("01-simclr");
        var laptop = await source.ParametersAsync("laptop", "shapes", TestContext.Current.CancellationToken);
        var real = await source.ParametersAsync("laptop", "cifar10", TestContext.Current.CancellationToken);
        Assert.Empty(SeedRuns.Differences(laptop, laptop.DeepClone().AsObject()));
        Assert.Contains("epochs", SeedRuns.Differences(laptop, real));
        Assert.Equal(10000, (int)real["trainingImages"]!);
    }

    [Fact]
    public void A_metric_that_the_lesson_does_not_know_is_found()
    {
        const string Code = """
            run.Record("loss.end", loss); run.Record($"knn.momentum{m}", accuracy);
            foreach (var (row, metric) in new[] { ("a, b", "gap.trained") }) run.Record(metric, 1);
            Chart.Dots("t", "a", [run.Seen("SimCLR, ours", "knn.simclr"), run.Seen(name, $"knn.momentum{m}"), run.Seen($"row {m}", "loss.end")]);
            run.Spread("loss.ned", "F2"); run.OtherSeeds("gap.trained")
            """;
        var source = new LessonSource(Notebook.Parse(new JsonObject
        {
            ["cells"] = new JsonArray(new JsonObject { ["cell_type"] = "code", ["id"] = "c", ["metadata"] = new JsonObject(), ["source"] = Code, ["outputs"] = new JsonArray() }),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString()));
        string[] metrics = ["loss.end", "knn.momentum0.99", "gap.trained"];
        Assert.Empty(source.NotRecorded(metrics));
        Assert.Equal(["loss.start", "knn.momentum", "gap_trained"], source.NotRecorded(["loss.start", "knn.momentum", "gap_trained"]));
        Assert.Equal(["\"knn.simclr\"", "\"loss.ned\""], source.AskedInVain(metrics));
        Assert.Equal(["\"knn.simclr\"", "$\"knn.momentum{m}\"", "\"loss.ned\"", "\"gap.trained\""], source.AskedInVain(["loss.end"]));
    }

    private static IEnumerable<(string Tier, string Data, JsonObject Record)> Records(string lesson) => SeedRecords.Open(Catalog.SeedsPath(lesson)).All;

    private static IEnumerable<(string Seed, JsonObject Metrics)> Seeds(JsonObject record) =>
        record["seeds"]!.AsObject().Select(seed => (seed.Key, seed.Value!.AsObject()));

    private static string Remedy(string lesson, string tier, string data) => $"Record anew: contrastive run {lesson} --tier {tier} --data {data} --seeds 1..3 --record";
}
