using System.Text;
using Contrastive.Runs;
using Contrastive.Tests.Data;
using Xunit;

namespace Contrastive.Tests.Runs;

public sealed class ResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_are_rows_and_what_a_run_has_not_is_null()
    {
        Write("a/metrics.json", """{"lesson":"01-simclr","tier":"smoke","data":"shapes","seed":1,"device":"cpu","started":"2026-11-27T10:00:00Z","parameters":{"temperature":0.5,"loss":"NtXent"},"overridden":{"temperature":0.5},"metrics":{"knn.trained":0.75}}""");
        Write("b/seed-2/metrics.json", """{"lesson":"02-moco","seed":2,"parameters":{"temperature":0.2},"metrics":{"knn.trained":0.5,"loss.end":2.5,"note":"NaN"}}""");
        var runs = Results.Read(_folder.Path).Runs;

        Assert.Equal(2, runs.Rows.Count);
        Assert.Equal(
            ["folder", "lesson", "tier", "data", "seed", "device", "started", "overridden", "parameter.temperature", "parameter.loss", "metric.knn.trained", "metric.loss.end"],
            runs.Columns.Select(column => column.Name));
        Assert.Equal(
            [_folder.At("a"), "01-simclr", "smoke", "shapes", 1L, "cpu", new DateTime(2026, 11, 27, 10, 0, 0, DateTimeKind.Utc), "temperature=0.5", "0.5", "NtXent", 0.75, null],
            runs.Rows[0]);
        Assert.Equal([_folder.At("b/seed-2"), "02-moco", "?", "generated", 2L, "?", null, "", "0.2", null, 0.5, 2.5], runs.Rows[1]);
        Assert.Equal(0.625, (double)runs["metric.knn.trained"].Mean(), 12);
    }

    [Fact]
    public void Curves_are_rows_and_a_last_line_cut_off_is_left_out()
    {
        Write("a/metrics.json", """{"lesson":"01-simclr","metrics":{}}""");
        Write("a/curves/SimCLR.csv", "step,name,value\n0,loss,4.5\n1,loss,NaN\n2,kNN,0.");
        Write("a/curves/without color.csv", "step,name,value\n0,loss,4.25\n");
        var curves = Results.Read(_folder.Path).Curves;

        Assert.Equal(["folder", "training", "step", "name", "value"], curves.Columns.Select(column => column.Name));
        Assert.Equal([_folder.At("a"), "SimCLR", 0, "loss", 4.5], curves.Rows[0]);
        Assert.Equal([_folder.At("a"), "SimCLR", 1, "loss", double.NaN], curves.Rows[1]);
        Assert.Equal([_folder.At("a"), "without color", 0, "loss", 4.25], curves.Rows[2]);
        Assert.Equal(3, curves.Rows.Count);
    }

    [Theory]
    [InlineData("metrics.json", "{", "bad/metrics.json was left out: ")]
    [InlineData("metrics.json", "[]", "It is not the record of a run")]
    [InlineData("curves/x.csv", "step,name,value\n0,loss,1\n1;loss;1\n", "line 3: '1;loss;1' is not a step, a name and a number")]
    public void A_broken_run_is_told_and_does_not_hide_the_others(string file, string text, string problem)
    {
        Write("bad/metrics.json", """{"lesson":"x","metrics":{"loss":1}}""");
        Write($"bad/{file}", text);
        Write("good/metrics.json", """{"lesson":"y","metrics":{"loss":1}}""");
        var results = Results.Read(_folder.Path);

        Assert.Equal("y", Assert.Single(results.Runs.Rows)[1]);
        Assert.Contains(problem, Assert.Single(results.Problems).Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Empty(results.Curves.Rows);
    }

    [Fact]
    public void A_folder_without_runs_gives_empty_frames_and_a_missing_one_is_refused()
    {
        var results = Results.Read(_folder.Path);
        Assert.Empty(results.Runs.Rows);
        Assert.Empty(results.Curves.Rows);
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => Results.Read(_folder.At("none"))).Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
