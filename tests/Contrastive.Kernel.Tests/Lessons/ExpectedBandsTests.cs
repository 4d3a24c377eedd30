using System.Text.Json.Nodes;
using Contrastive.Kernel.Lessons;
using Xunit;

namespace Contrastive.Kernel.Tests.Lessons;

public sealed class ExpectedBandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.3", true)]
    [InlineData("0.5", true)]
    [InlineData("1", true)]
    [InlineData("0.299", false)]
    [InlineData("1.001", false)]
    [InlineData("\"NaN\"", false)]
    [InlineData("null", false)]
    public void A_metric_holds_from_the_least_to_the_greatest_value(string value, bool holds)
    {
        var bands = Load("""{ "smoke": { "shapes": { "knn.trained": { "min": 0.3, "max": 1 } } } }""");
        var band = Assert.Single(bands.Check("smoke", "shapes", Metrics($$"""{ "knn.trained": {{value}} }"""))!);
        Assert.Equal(holds, band.Holds);
    }

    [Fact]
    public void A_metric_that_the_run_did_not_record_fails()
    {
        var band = Assert.Single(Load("""{ "smoke": { "shapes": { "knn": { "min": 0.3 } } } }""").Check("smoke", "shapes", [])!);
        Assert.False(band.Holds);
        Assert.Equal("knn = not recorded, expected at least 0.3", band.ToString());
    }

    [Theory]
    [InlineData("laptop", "shapes")]
    [InlineData("smoke", "cifar10")]
    public void A_tier_or_data_set_without_a_band_is_not_a_band_that_holds(string tier, string data) =>
        Assert.Null(Load("""{ "smoke": { "shapes": {} } }""").Check(tier, data, []));

    [Theory]
    [InlineData("[]", "$: an object was expected")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{ "smoke": 1 }""", "$.smoke: an object was expected")]
    [InlineData("""{ "smoke": { "shapes": { "knn": 0.5 } } }""", "$.smoke.shapes['knn']: an object was expected")]
    [InlineData("""{ "smoke": { "shapes": { "knn": { "minimum": 0.5 } } } }""", "'minimum' is not known here")]
    [InlineData("""{ "smoke": { "shapes": { "knn": { "min": "x" } } } }""", "$.smoke.shapes['knn'].min: a number was expected")]
    public void A_malformed_file_is_an_error_with_the_place(string json, string problem)
    {
        var error = Assert.Throws<FormatException>(() => Load(json).Check("smoke", "shapes", []));
        Assert.Contains("01-x.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static JsonObject Metrics(string json) => (JsonObject)JsonNode.Parse(json)!;

    private ExpectedBands Load(string json) => ExpectedBands.Load(_folder.Write("01-x.json", json));
}
