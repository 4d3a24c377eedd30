using Contrastive.Display;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

public sealed class PlaneTests
{
    private static readonly string[] Five = ["a", "b", "c", "d", "e <f>"];

    [Fact]
    public void Names_of_more_than_four_classes_stand_at_their_centroids()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new double[,] { { 0, 0 }, { 2, 4 }, { 1, 1 }, { 2, 2 }, { 3, 3 }, { 5, 6 }, { double.NaN, 1 } });
        var labels = Chart.Scatter("t", points, tensor(new long[] { 0, 0, 1, 2, 3, 4, 4 }), Five).Data.Labels;
        Assert.Equal([("a", 1, 2), ("b", 1, 1), ("c", 2, 2), ("d", 3, 3), ("e &lt;f&gt;", 5, 6)], labels.Select(label => (label.Text, label.X, label.Y)));
        Assert.Empty(Chart.Scatter("t", points[..5], tensor(new long[] { 0, 0, 1, 2, 3 }), Five).Data.Labels);
    }

    [Fact]
    public void A_class_without_a_finite_point_has_no_name_in_the_plane()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new[,] { { 0, 0 }, { 1, 1 }, { 2, 2 }, { 3, 3 }, { double.NaN, double.NaN } });
        Assert.Equal(["a", "b", "c", "d"], Chart.Scatter("t", points, arange(5), Five).Data.Labels.Select(label => label.Text));
    }

    [Fact]
    public void Planes_side_by_side_have_one_scale_and_the_circle_only_if_all_points_lie_on_it()
    {
        using var scope = NewDisposeScope();
        var (round, wide) = (tensor(new double[,] { { 1, 0 }, { 0, -1 } }), tensor(new double[,] { { 5, 0 }, { 0, 1 } }));
        var circle = Chart.Scatter("t", arange(2), Five, ("before", round), ("after", round.neg())).Data;
        Assert.True(circle.Circle);
        Assert.Equal(1.1, circle.Reach, 1e-9);
        Assert.Equal([0, 0, 1, 1], circle.Series.Select(series => series.Panel));
        Assert.True(circle.Series[0].Size > circle.Series[1].Size);
        var mixed = Chart.Scatter("t", arange(2), Five, ("before", round), ("after", wide)).Data;
        Assert.False(mixed.Circle);
        Assert.Equal(5.5, mixed.Reach, 1e-9);
    }

    [Fact]
    public void Second_views_are_hollow_and_arrows_are_drawn_last()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new double[,] { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 } });
        var data = Chart.Arrows("t", points, arange(4) % 2, Five, arange(4) >= 2, ("out", points)).Data;
        Assert.True(data.Circle);
        Assert.Equal([("a", false), ("a", true), ("b", false), ("b", true), ("", false)], data.Series.Select(series => (series.Name, series.Hollow)));
        Assert.Equal([-1], data.Series[1].X!);
        Assert.Equal(["a"], data.Series[1].Hover!);
        Assert.DoesNotContain(Chart.Arrows("t", points, arange(4) % 2, Five, ("out", points)).Data.Series, series => series.Hollow);
    }

    [Fact]
    public void Refuses_planes_that_do_not_match()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("There are 0 panels; give 1 to 12", () => Chart.Scatter("t", arange(2), Five));
        BadInput.Refused("the points of 'after' is Float32 [3, 2]; expected [2, 2]", () => Chart.Scatter("t", arange(2), Five, ("after", ones(3, 2))));
        BadInput.Refused("A point of 'after' is not finite.", () => Chart.Scatter("t", arange(1), Five, ("after", full([1, 2], float.NaN))));
        BadInput.Refused("hollow is Bool [1]; expected Bool [2]", () => Chart.Arrows("t", ones(2, 2), arange(2), Five, arange(1) > 0, ("out", ones(2, 2))));
    }
}
