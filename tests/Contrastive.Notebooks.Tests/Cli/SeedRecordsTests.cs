using System.Text.Json.Nodes;
using Contrastive.Cli.Seeds;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class SeedRecordsTests : IDisposable
{
    private readonly CommandOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Theory]
    [InlineData("", "Mend or delete it.")]
    [InlineData("[]", "An object was expected. Mend or delete it.")]
    [InlineData("null", "An object was expected. Mend or delete it.")]
    [InlineData("""{ "laptop": [] }""", "'laptop' is no object. Mend or delete it.")]
    [InlineData("""{ "laptop": { "shapes": 1 } }""", "'laptop', 'shapes' is no object. Mend or delete it.")]
    public void A_damaged_file_is_refused_by_its_name_and_kept(string json, string message)
    {
        var path = _output.Write("seeds/01-a.json", json);
        var error = Assert.Throws<InvalidDataException>(() => SeedRecords.Open(path)).Message;
        Assert.StartsWith(path, error, StringComparison.Ordinal);
        Assert.EndsWith(message, error, StringComparison.Ordinal);
        Assert.Equal(json, File.ReadAllText(path));
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_stays_and_nothing_half_written_is_left()
    {
        var folder = Path.GetDirectoryName(_output.Write("seeds/taken/x", ""))!;
        Assert.ThrowsAny<Exception>(() => SeedRecords.Write(folder, []));
        Assert.Equal([folder], Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!));
    }

    [Theory]
    [InlineData("""{ "a": 1, "b": "x", "c": true }""")]
    [InlineData("""{ "c": true, "b": "x", "a": 1.0 }""")]
    public void Parameters_are_the_same_whatever_their_order_and_form(string json) =>
        Assert.Empty(SeedRuns.Differences(JsonNode.Parse("""{ "a": 1, "b": "x", "c": true }""")!.AsObject(), JsonNode.Parse(json)!.AsObject()));

    [Theory]
    [InlineData("""{ "a": 2, "b": "x" }""", "a")]
    [InlineData("""{ "a": 1 }""", "b")]
    [InlineData("""{ "a": 1, "b": "x", "new": null }""", "new")]
    [InlineData("""{ "a": "1", "b": "x" }""", "a")]
    public void A_parameter_that_differs_or_is_missing_is_named(string json, string name) =>
        Assert.Equal([name], SeedRuns.Differences(JsonNode.Parse("""{ "a": 1, "b": "x" }""")!.AsObject(), JsonNode.Parse(json)!.AsObject()));
}
