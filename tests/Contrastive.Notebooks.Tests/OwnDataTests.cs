using System.Text.Json.Nodes;
using Xunit;

namespace Contrastive.Notebooks.Tests;

/// <summary>The lessons on a reader's own data, however little of it.</summary>
public sealed class OwnDataTests : IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("01-simclr", "folder", "pets", 16, "knn.trained")]
    [InlineData("02-moco", "folder", "pets", 16, "knn.trained")]
    [InlineData("03-simcse", "file", "tickets.txt", 30, "spearman.supervised")]
    [InlineData("03-simcse", "file", "triplets.tsv", 18, "spearman.supervised")]
    public void A_lesson_runs_on_ones_own_data_at_the_smoke_tier(string lesson, string kind, string name, int batchSize, string metric)
    {
        var own = Path.Combine(_folder.Path, "own");
        OwnFiles.Write(own);
        _folder.Run(lesson, "--data", $"{kind}:{Path.Combine(own, name)}");

        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "metrics.json")))!;
        Assert.Equal($"{kind}:{Path.Combine(own, name)}", (string?)record["data"]);
        Assert.Equal(batchSize, (int)record["parameters"]!["batchSize"]!);
        Assert.NotNull(record["metrics"]![metric]);
        Assert.Null(record["expected"]);
        Assert.Contains($"batchSize is {batchSize} instead of 64: {name}", File.ReadAllText(Path.Combine(_folder.Path, $"{lesson}.ipynb")), StringComparison.Ordinal);
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
