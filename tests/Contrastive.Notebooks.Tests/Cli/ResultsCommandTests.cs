using Contrastive.Cli.Results;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class ResultsCommandTests : IDisposable
{
    private static readonly Published[] Figures = [new("01-simclr", "cifar10", "knn.trained", 0.847, "ResNet-18, 200 epochs")];

    private readonly CommandOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Metrics_stand_beside_published_figures_of_the_same_data()
    {
        Write("a", """{"lesson":"01-simclr","tier":"paper","data":"cifar10","seed":0,"device":"cuda","outcome":"Succeeded","metrics":{"knn.trained":0.8312345,"note":"text"}}""");
        Write("b", """{"lesson":"01-simclr","tier":"laptop","seed":1,"device":"cpu","outcome":"Failed","metrics":{"knn.trained":0.7,"knn.untrained":"NaN"},"expected":[{"metric":"knn.trained","holds":false}]}""");

        Assert.Equal("""
            | lesson | data | tier | set | seeds | device | metric | ours | published |
            |---|---|---|---|---|---|---|---|---|
            | 01-simclr | cifar10 | paper |  | 0 | cuda | knn.trained | 0.8312 | 0.847 (1) |
            | 01-simclr (Failed) | generated | laptop |  | 1 | cpu | knn.trained | 0.7, out of band |  |
            | 01-simclr (Failed) | generated | laptop |  | 1 | cpu | knn.untrained | - |  |

            (1) ResNet-18, 200 epochs

            """.ReplaceLineEndings("\n"), Table().ToMarkdown());
    }

    [Theory]
    [InlineData("paper", true)]
    [InlineData("laptop", false)]
    [InlineData("smoke", false)]
    public void A_published_figure_stands_beside_the_papers_setup_only(string tier, bool isShown)
    {
        Write("a", $$$"""{"lesson":"01-simclr","tier":"{{{tier}}}","data":"cifar10","seed":0,"device":"cpu","metrics":{"knn.trained":0.5}}""");
        Assert.Equal(isShown, Table().ToMarkdown().Contains("0.847", StringComparison.Ordinal));
        Assert.Equal(isShown, Table().ToMarkdown().Contains("ResNet-18", StringComparison.Ordinal));
    }

    [Fact]
    public void Seeds_are_one_row_with_mean_and_deviation_and_what_was_overridden_is_another()
    {
        Write("1", """{"lesson":"x","seed":1,"metrics":{"knn":0.5,"loss":3}}""");
        Write("2", """{"lesson":"x","seed":2,"metrics":{"knn":0.7},"expected":[{"metric":"knn","holds":false}]}""");
        Write("10", """{"lesson":"x","seed":10,"metrics":{"knn":0.6,"loss":5}}""");
        Write("warm", """{"lesson":"x","seed":1,"overridden":{"temperature":0.5,"loss":"InfoNce"},"metrics":{"knn":0.1}}""");

        var rows = Table().ToMarkdown().Split('\n');
        Assert.Equal("| x | generated | ? |  | 1, 2, 10 | ? | knn | 0.6 ± 0.1, 1 out of band |  |", rows[2]);
        Assert.Equal("| x | generated | ? |  | 1, 2, 10 | ? | loss | 4 ± 1.4 (2 of 3 seeds) |  |", rows[3]);
        Assert.Equal("| x | generated | ? | temperature=0.5 loss=InfoNce | 1 | ? | knn | 0.1 |  |", rows[4]);

        var each = ResultsTable.Make(RunFolders.Read([_output.Folder]).Runs, Figures, eachRun: true).ToMarkdown();
        Assert.Contains("| x | generated | ? |  | 2 | ? | knn | 0.7, out of band |  |", each, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_of_ones_own_is_shown_by_its_name()
    {
        Write("a", """{"lesson":"01-simclr","tier":"smoke","data":"folder:/home/ann/pets","seed":0,"device":"cpu","metrics":{"loss":3}}""");
        Assert.Contains("| 01-simclr | folder:pets | smoke |", Table().ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_console_a_run_is_named_once()
    {
        Write("a", """{"lesson":"01-simclr","tier":"paper","data":"cifar10","seed":0,"device":"cpu","metrics":{"knn.trained":0.5,"loss":3}}""");
        Table().Write(_output.Console);

        Assert.Equal(
            ["lesson|data|tier|set|seeds|device|metric|ours|published", "01-simclr|cifar10|paper|0|cpu|knn.trained|0.5|0.847 (1)", "loss|3", "(1) ResNet-18, 200 epochs"],
            _output.Text.Split('\n').Where(line => !line.StartsWith('─'))
                .Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
    }

    [Fact]
    public void No_runs_say_how_to_make_one()
    {
        Table().Write(_output.Console);
        Assert.Equal("No runs yet: 'contrastive run LESSON' records one.", _output.Text);
        Assert.Contains("There is no folder", RunFolders.Read([Path.Combine(_output.Folder, "none")]).Problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("[]", "It holds a JSON Array, expected an object.")]
    [InlineData("{}", "It has no object 'metrics'.")]
    [InlineData("""{"metrics":{}}""", "It has no 'lesson'.")]
    [InlineData("""{"metrics":[1],"lesson":"x"}""", "It has no object 'metrics'.")]
    public void A_broken_run_is_told_and_does_not_hide_the_others(string json, string message)
    {
        Write("bad", json);
        Write("good", """{"lesson":"01-simclr","metrics":{"loss":1}}""");

        var (runs, problems) = RunFolders.Read([_output.Folder]);

        Assert.Equal("01-simclr", Assert.Single(runs).Lesson);
        Assert.StartsWith(Path.Combine(_output.Folder, "bad", "metrics.json") + " was left out: " + message, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equal_runs_the_latest_is_shown()
    {
        Write("new", """{"lesson":"x","seed":1,"started":"2026-02-01T00:00:00Z","metrics":{"loss":1}}""");
        Write("old", """{"lesson":"x","seed":1,"started":"2026-01-01T00:00:00Z","metrics":{"loss":2}}""");
        Write("other", """{"lesson":"x","seed":2,"started":"2026-01-01T00:00:00Z","metrics":{"loss":3}}""");

        Assert.Equal([1.0, 3.0], RunFolders.Latest(RunFolders.Read([_output.Folder]).Runs).Select(run => run.Metrics[0].Value));
    }

    [Fact]
    public void The_built_in_figures_are_of_known_lessons_and_say_their_settings() =>
        Assert.All(Published.BuiltIn, figure => Assert.True(figure is { Lesson: ['0', ..], Setting.Length: > 10, Value: > 0 and < 1 }, figure.ToString()));

    private void Write(string folder, string json) => _output.Write($"{folder}/metrics.json", json);

    private ResultsTable Table() => ResultsTable.Make(RunFolders.Latest(RunFolders.Read([_output.Folder]).Runs), Figures);
}
