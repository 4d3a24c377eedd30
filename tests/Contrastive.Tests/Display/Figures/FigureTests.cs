using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Contrastive.Display;
using Contrastive.Tests.Runs;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

[Collection(ProcessState.Name)]
public sealed partial class FigureTests
{
    [Fact]
    public async Task Every_kind_draws_in_a_browser_without_a_network()
    {
        var page = Path.Combine(AppContext.BaseDirectory, "gallery.html");
        PlotlyScript.Forget();
        var figures = Gallery.Figures().ToArray();
        var fragments = figures.Select(figure => Shown.ByConvention(figure.Figure)["text/html"]);
        await File.WriteAllTextAsync(page, $"<!DOCTYPE html><meta charset=utf-8><body>{string.Join("\n", fragments)}", TestContext.Current.CancellationToken);
        var dom = await Browser.DomAsync(page, TestContext.Current.CancellationToken);
        var body = dom[dom.LastIndexOf("</script>", dom.IndexOf("<div id=\"figure-", StringComparison.Ordinal), StringComparison.Ordinal)..];
        Assert.Equal(figures.Length, Drawn().Count(body));
        Assert.DoesNotContain("This figure needs plotly.js: run", Script().Replace(body, ""), StringComparison.Ordinal);
        foreach (var text in new[] { "Training loss: NT-Xent of each batch", "with color distortion", "kNN accuracy on held-out shapes", "&lt;b&gt;bus&lt;/b&gt;", "pentagon &amp; co" })
            Assert.Contains(text, Script().Replace(body, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Loads_Plotly_in_a_context_of_its_own()
    {
        var context = AssemblyLoadContext.GetLoadContext(ChartsLibrary.Assembly)!;
        Assert.Equal("Contrastive.Charts", context.Name);
        _ = Chart.Bars("t", "y", ("a", 1)).Data.Description() is { } description ? ChartsLibrary.Draw(description) : "";
        Assert.Contains(context.Assemblies, assembly => assembly.GetName().Name == "FSharp.Core");
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "FSharp.Core" or "Plotly.NET" or "Contrastive.Charts");
    }

    [Fact]
    public void Carries_its_data_and_nothing_of_the_network()
    {
        using var sink = new Sink();
        foreach (var (name, figure) in Gallery.Figures())
        {
            var html = Shown.ByConvention(figure)["text/html"];
            Assert.False(html.Contains("http:", StringComparison.Ordinal) || html.Contains("https:", StringComparison.Ordinal) || html.Contains("src=", StringComparison.Ordinal), name);
            Assert.Contains("Plotly.newPlot", html, StringComparison.Ordinal);
        }

        Assert.Contains("0.723", Shown.ByConvention(Gallery.Figures().Single(each => each.Name == "bars").Figure)["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Escapes_what_users_write()
    {
        const string Evil = "</script><script>alert('x')</script><img src=x onerror=alert(1)>";
        using var scope = NewDisposeScope();
        using var sink = new Sink();
        var html = string.Concat(new[]
        {
            Chart.Lines(Evil, Evil, Evil, (Evil, new[] { 1.0, 2.0 })),
            Chart.Bars(Evil, Evil, (Evil, 1.0)),
            Chart.HeatMap(Evil, ones(1, 1), [Evil], [Evil], Evil, Evil, Evil),
            Chart.Scatter(Evil, ones(1, 2), zeros([1], int64), [Evil], [Evil]),
        }.Select(figure => Shown.ByConvention(figure)["text/html"]));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(html, "<script>"));
        Assert.Equal(4, Regex.Count(html, "</script>"));
    }

    [Fact]
    public void Puts_the_script_once_into_the_notebook_and_leaves_it_out_of_updates()
    {
        PlotlyScript.Forget();
        using var sink = new Sink();
        var handle = Contrastive.Display.Display.Show(Chart.Bars("first", "y", ("a", 1)));
        handle.Update(Chart.Bars("second", "y", ("a", 2)));
        Contrastive.Display.Display.Show(Chart.Bars("third", "y", ("a", 3)));
        Assert.Equal([true, false, false, false], sink.Shown.Select(shown => shown.Content["text/html"].Length > 1_000_000));
        Assert.Equal([false, false, true, false], sink.Shown.Select(shown => shown.IsUpdate));
        Assert.Equal(sink.Shown[1].Id, sink.Shown[2].Id);
        Assert.Contains("second", sink.Shown[2].Content["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void Puts_the_script_into_the_notebook_again_when_the_lesson_starts_again()
    {
        using var environment = new LessonEnvironment();
        using var sink = new Sink();
        Contrastive.Runs.Lesson.Start("01-simclr");
        Contrastive.Runs.Lesson.Start("01-simclr");
        Assert.Equal(2, sink.Shown.Count(shown => shown.Content["text/html"].Length > 1_000_000 && shown.Content["text/plain"].Length == 0));
    }

    [Fact]
    public void Says_in_text_what_is_to_be_seen() => Assert.Equal(
        """
        Figure: kNN accuracy over epochs
          trained: 0.2 → 0.71 in 5 points, lowest 0.2, highest 0.71
          raw pixels: 0.5 → 0.5 in 5 points, lowest 0.5, highest 0.5
        """,
        Gallery.Figures().Single(each => each.Name == "lines").Figure.ToString(), ignoreLineEndingDifferences: true);

    [Fact]
    public void Thins_long_curves_and_leaves_gaps_where_values_are_not_finite()
    {
        var curve = Chart.Lines("t", "x", "y", ("long", Enumerable.Range(0, 100_000).Select(step => (double)step).ToArray()), ("gap", new[] { 1, double.NaN, 3 }));
        Assert.Equal(2000, curve.Data.Series[0].Y.Count);
        Assert.Equal(24.5, curve.Data.Series[0].Y[0]);
        Assert.Equal([1, null, 3], curve.Data.Series[1].Y);
        Assert.Equal([1, 2, 3], curve.Data.Series[1].X!);
    }

    [Fact]
    public void Smooths_a_loss_by_the_mean_of_what_lies_around()
    {
        var values = Enumerable.Range(0, 200).Select(step => step == 100 ? double.NaN : Math.Sin(step)).ToArray();
        var figure = Chart.Loss("t", ("a", values));
        var smooth = figure.Data.Series.Single(series => !series.Faint).Y;
        for (var step = 0; step < values.Length; step++)
        {
            var reach = Math.Min(5, step);
            Assert.Equal(values[(step - reach)..Math.Min(step + reach + 1, 200)].Where(double.IsFinite).Average(), smooth[step]!.Value, 1e-4);
        }

        Assert.Null(figure.Data.Series.Single(series => series.Faint).Y[100]);
    }

    [Fact]
    public void Draws_the_longest_arrow_of_each_panel_equally_long_and_leaves_out_those_of_no_length()
    {
        var data = Gallery.Figures().Single(each => each.Name == "panels").Figure.Data;
        double[] Lengths(int panel)
        {
            var arrows = data.Series.Single(series => series.Panel == panel && series.Name.Length == 0);
            return [.. Enumerable.Range(0, arrows.Y.Count / 7).Select(arrow => Math.Sqrt(
                Math.Pow(arrows.X![(7 * arrow) + 1]!.Value - arrows.X[7 * arrow]!.Value, 2) + Math.Pow(arrows.Y[(7 * arrow) + 1]!.Value - arrows.Y[7 * arrow]!.Value, 2)))];
        }

        Assert.Equal(["inwards", "nowhere", "around"], data.Panels!);
        Assert.All(Lengths(0), length => Assert.Equal(Lengths(2)[0], length, 1e-3));
        Assert.Equal(3, Lengths(0).Length);
        Assert.Empty(Lengths(1));
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => Chart.Arrows("t", ones(2, 2), tensor(new long[] { 0, 0 }), ["a"], ("short", ones(1, 2))));
        Assert.Contains("the vectors of 'short' is Float32 [1, 2]; expected [2, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_every_confusion()
    {
        using var scope = NewDisposeScope();
        var figure = Chart.Confusion("t", tensor(new long[] { 0, 0, 0, 1 }), tensor(new long[] { 0, 1, 1, 1 }), ["a", "b"]);
        Assert.Equal([["1", "2"], ["", "1"]], figure.Data.Heat!.Texts!);
        Assert.Equal([[0.33333, 0.66667], [0, 1]], figure.Data.Heat.Values);
        Assert.Equal("Figure: t\n  2 of 4 right (50.0 %)\n  a taken for b: 2", figure.ToString());
    }

    [Fact]
    public void Writes_the_values_into_the_cells_of_a_small_matrix_and_spreads_colors_evenly_around_zero()
    {
        using var scope = NewDisposeScope();
        var small = Chart.HeatMap("t", tensor(new[,] { { 1.0, -0.256 }, { 0.5, double.NaN } })).Data.Heat!;
        Assert.Equal([["1.00", "-0.26"], ["0.50", ""]], small.Texts!);
        Assert.Equal([[1, -0.256], [0.5, null]], small.Values);
        Assert.Equal((-1, 1, true), (small.Least, small.Most, small.Diverging));
        var large = Chart.HeatMap("t", rand(13, 13) + 2).Data.Heat!;
        Assert.Null(large.Texts);
        Assert.True(large.Least >= 2 && large.Most <= 3 && !large.Diverging);
    }

    [Fact]
    public void Shares_of_a_histogram_add_up_to_one()
    {
        using var scope = NewDisposeScope();
        var figure = Chart.Histogram("t", "x", ("a", arange(0, 1000)), ("b", new[] { 5.0 }), ("c", new[] { 0.0, 999 }));
        Assert.All(figure.Data.Series, series => Assert.Equal(1, series.Y.Sum()!.Value, 1e-4));
        Assert.Equal(0.5, figure.Data.Series[2].Y[0]);
        Assert.Equal(0.5, figure.Data.Series[2].Y[^1]);
    }

    [Fact]
    public void Dots_say_what_this_run_measured_what_other_seeds_did_and_what_nobody_did()
    {
        var figure = Chart.Dots("kNN", "accuracy", [new("a", 0.5, [0.4, 0.6]), new("b", null, [0.3]), new("c", 0.2), new("d", null)], ("chance", 0.1));
        Assert.Equal(
            ["a: 0.5 (other seeds 0.4, 0.6)", "b: other seeds 0.3", "c: 0.2", "d: not measured in this run", "chance (line): 0.1"],
            figure.Data.Summary);
        Assert.Equal(["a", "b", "c", "d"], figure.Data.Rows);
        Assert.Equal([0.5, 0.2], figure.Data.Series.Single(series => !series.Faint).X!.Select(value => value!.Value));
        Assert.Equal(["a", "a", "b"], figure.Data.Series.Single(series => series.Faint).Labels!);
    }

    [Fact]
    public void The_axis_of_dots_starts_at_zero_unless_they_lie_close_together()
    {
        Assert.Equal(0, Chart.Dots("t", "x", [new("a", 0.2), new("b", 0.8)]).Data.Range![0]);
        var narrow = Chart.Dots("t", "x", [new("a", 0.80), new("b", 0.84)]).Data.Range!;
        Assert.InRange(narrow[0], 0.79, 0.80);
        Assert.InRange(narrow[1], 0.84, 0.85);
        Assert.InRange(Chart.Dots("t", "x", [new("a", -0.2), new("b", 0.3)]).Data.Range![0], -0.3, -0.2);
    }

    [Fact]
    public void Rows_of_one_name_stay_two_rows()
    {
        var rows = Chart.Dots("t", "x", [new("a", 0.2), new("a", 0.8)]).Data.Rows!;
        Assert.Equal(2, rows.Distinct().Count());
    }

    [Fact]
    public void A_reference_takes_no_color_from_the_series_after_it()
    {
        var figure = Chart.Lines("t", "x", "y", new Series("chance", [1, 1]) { Reference = true }, ("loss", new[] { 2.0, 1.0 }));
        Assert.Equal(0, figure.Data.Series[1].Color);
        Assert.True(figure.Data.Series[0].Reference);
    }

    [Fact]
    public void Refuses_what_cannot_be_drawn()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => Chart.Lines("t", "x", "y"));
        Assert.Throws<ArgumentException>(() => Chart.Bars("t", "y", ("a", double.NaN)));
        Assert.Throws<ArgumentException>(() => Chart.Bars("t", "y", [("a", 1)], ("chance", double.NaN)));
        Assert.Throws<ArgumentException>(() => Chart.Dots("t", "x", []));
        Assert.Throws<ArgumentException>(() => Chart.Dots("t", "x", [new("a", 1, [double.NaN])]));
        Assert.Throws<ArgumentException>(() => Chart.Histogram("t", "x", ("a", new[] { double.NaN })));
        Assert.Throws<ArgumentException>(() => Chart.HeatMap("t", ones(3)));
        Assert.Throws<ArgumentException>(() => Chart.HeatMap("t", ones(600, 2)));
        Assert.Throws<ArgumentException>(() => Chart.HeatMap("t", ones(2, 2), ["a"]));
        Assert.Throws<ArgumentException>(() => Chart.Scatter("t", ones(3, 3), zeros([3], int64), ["a"]));
        Assert.Throws<ArgumentException>(() => Chart.Scatter("t", ones(3, 2), ones([3], int64), ["a"]));
        Assert.Throws<ArgumentException>(() => Chart.Scatter("t", ones(3, 2), zeros([2], int64), ["a"]));
        Assert.Throws<ArgumentException>(() => Chart.Confusion("t", zeros([3], int64), zeros([2], int64), ["a"]));
    }

    [GeneratedRegex("class=\"plot-container plotly\"")]
    private static partial Regex Drawn();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
