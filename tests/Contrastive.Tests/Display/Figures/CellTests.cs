using Contrastive.Display;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

public sealed class CellTests
{
    [Fact]
    public void A_grid_counts_what_its_cells_mean()
    {
        using var scope = NewDisposeScope();
        var figure = Chart.Grid("t", tensor(new[,] { { 3, double.NaN, 0 }, { 0, 0, 3 } }), "query", "key", (3, "own"), (0, "other"), (double.NaN, "itself"));
        Assert.Equal("Figure: t\n  2 × 3 cells\n  own: 2\n  other: 3\n  itself: 1", figure.ToString());
        Assert.Equal([[1, null, 0], [0, 0, 1]], figure.Data.Heat!.Values);
        Assert.Equal([("own", 1), ("other", 0), ("itself", -1)], figure.Data.Series.Select(series => (series.Name, series.Color)));
        Assert.Equal(("key", "query"), (figure.Data.XTitle, figure.Data.YTitle));
    }

    [Fact]
    public void A_grid_refuses_a_value_without_a_meaning()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[,] { { 0, 0.5 } });
        BadInput.Refused("The value 0.5 has no meaning in the legend", () => Chart.Grid("t", values, (0, "no"), (1, "yes")));
        BadInput.Refused("The legend has 2 entries; give 1 to 6, each for another value", () => Chart.Grid("t", values, (0, "no"), (0, "yes")));
        BadInput.Refused("The legend has 0 entries", () => Chart.Grid("t", values));
        BadInput.Refused("1 to 128 rows and columns", () => Chart.Grid("t", zeros(129, 2), (0, "no")));
    }

    [Fact]
    public void White_is_zero_unless_the_values_lie_far_from_it()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, Chart.HeatMap("t", tensor(new[,] { { 0.3, 1.0 } })).Data.Heat!.Least);
        Assert.Equal(0.9, Chart.HeatMap("t", tensor(new[,] { { 0.9, 1.0 } })).Data.Heat!.Least);
        Assert.Equal(-1, Chart.HeatMap("t", tensor(new[,] { { -1.0, -0.2 } })).Data.Heat!.Least);
    }

    [Fact]
    public void Cells_have_the_same_decimals_and_no_negative_zero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([["0.0", "0.5"], ["2.0", ""]], Chart.HeatMap("t", tensor(new[,] { { -0.001, 0.5 }, { 2, double.NaN } })).Data.Heat!.Texts!);
        Assert.Equal([["1", "0"]], Chart.HeatMap("t", tensor(new[,] { { 1.0, 0.0 } })).Data.Heat!.Texts!);
    }

    [Fact]
    public void Bins_of_a_given_width_have_its_multiples_in_the_middle()
    {
        var data = Chart.Histogram("t", "x", 1, ("a", new double[] { 5, 6, 6, 8 }), ("b", new[] { 5.4 })).Data;
        Assert.Equal([5, 6, 7, 8], data.Series[0].X!);
        Assert.Equal([0.25, 0.5, 0, 0.25], data.Series[0].Y);
        Assert.Equal([1, 0, 0, 0], data.Series[1].Y);
        Assert.Equal(1, data.Series[0].BarWidth);
        var halves = Chart.Histogram("t", "x", 0.5, ("a", new[] { -0.5, 0, 0.3 })).Data.Series[0];
        Assert.Equal([-0.5, 0, 0.5], halves.X!);
        Assert.Equal([0.33333, 0.33333, 0.33333], halves.Y);
    }

    [Fact]
    public void Refuses_bins_that_are_no_bins_or_too_many()
    {
        BadInput.Refused("The width of a bin must be a finite number above zero", () => Chart.Histogram("t", "x", 0, ("a", new[] { 1.0 })));
        BadInput.Refused("Values from 0 to 5,000 need 5,001 bins of that width; at most 1000", () => Chart.Histogram("t", "x", 1, ("a", new double[] { 0, 5000 })));
    }

    [Fact]
    public void A_logarithmic_axis_has_no_place_for_zero()
    {
        var data = Chart.LogLines("t", "x", "y", ("a", new[] { 1, 0, -1, 100.0 })).Data;
        Assert.True(data.Logarithmic);
        Assert.Equal([1, null, null, 100], data.Series[0].Y);
    }

    [Fact]
    public void A_few_whole_steps_are_marked_one_by_one()
    {
        Assert.Equal(1, Chart.Lines("t", "epoch", "y", ("a", new[] { 1.0, 2, 3 })).Data.Step);
        Assert.Null(Chart.Lines("t", "step", "y", ("a", new double[100])).Data.Step);
        Assert.Null(Chart.Lines("t", "x", "y", new Series("a", [1, 2]) { At = [0.5, 1] }).Data.Step);
        Assert.Null(Chart.Lines("t", "x", "y", ("a", new[] { 1.0 })).Data.Step);
    }
}
