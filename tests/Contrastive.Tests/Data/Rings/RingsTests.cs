using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class RingsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_points_and_another_seed_others()
    {
        using var one = Rings.Generate(50, seed: 1);
        using var again = Rings.Generate(50, seed: 1);
        using var other = Rings.Generate(50, seed: 2);
        Assert.Equal(Values(one.Points), Values(again.Points));
        Assert.Empty(Values(one.Points).Intersect(Values(other.Points)));
    }

    [Fact]
    public void Each_point_lies_on_the_ring_that_its_label_names()
    {
        using var set = Rings.Generate(3000, seed: 3, rings: 4);
        var (radius, labels) = (Radii(set.Points), set.Labels.data<long>().ToArray());
        Assert.Equal((3000, 4), (set.Count, set.ClassNames.Count));
        Assert.Equal(("ring 1", "ring 4"), (set.ClassNames[0], set.ClassNames[^1]));
        for (var ring = 0; ring < 4; ring++)
        {
            var radii = radius.Where((_, i) => labels[i] == ring).ToArray();
            Assert.Equal(750, radii.Length);
            Assert.InRange(radii.Min(), (ring + 0.7499) / 4, (ring + 0.76) / 4);
            Assert.InRange(radii.Max(), (ring + 1.24) / 4, (ring + 1.2501) / 4);
        }
    }

    [Fact]
    public void Angles_are_even_and_say_nothing_about_the_ring()
    {
        using var set = Rings.Generate(9000, seed: 4);
        var (angles, labels) = (Angles(set.Points), set.Labels.data<long>().ToArray());
        for (var ring = 0; ring < 3; ring++)
        {
            // 3,000 angles in 12 sectors: five standard deviations about 250.
            var sectors = angles.Where((_, i) => labels[i] == ring).GroupBy(angle => (int)((angle + Math.PI) / (Math.PI / 6))).Select(sector => sector.Count()).ToArray();
            Assert.Equal(12, sectors.Length);
            Assert.All(sectors, count => Assert.InRange(count, 174, 326));
        }
    }

    [Fact]
    public void A_turn_keeps_the_ring_and_moves_the_angle_by_at_most_a_quarter()
    {
        using var set = Rings.Generate(5000, seed: 5);
        using var generator = new Generator(6);
        using var turned = Rings.Turn(set.Points, generator);
        var factors = Radii(turned).Zip(Radii(set.Points), (after, before) => after / before).ToArray();
        var turns = Angles(turned).Zip(Angles(set.Points), (after, before) => Math.IEEERemainder(after - before, 2 * Math.PI)).ToArray();
        Assert.InRange(factors.Average(), 0.998, 1.002);
        Assert.InRange(Math.Sqrt(factors.Average(factor => (factor - 1) * (factor - 1))), 0.0285, 0.0315);
        Assert.All(turns, turn => Assert.InRange(turn, -Math.PI / 2 - 1e-5, Math.PI / 2 + 1e-5));
        Assert.InRange(turns.Average(), -0.065, 0.065);
        Assert.InRange(turns.Average(Math.Abs), Math.PI / 4 - 0.035, Math.PI / 4 + 0.035);
    }

    [Fact]
    public void The_same_generator_gives_the_same_views_in_the_type_of_the_points()
    {
        using var set = Rings.Generate(20, seed: 7);
        using var points = set.Points.to(float64);
        using var before = points.clone();
        using Generator one = new(8), other = new(8);
        using var first = Rings.Turn(points, one);
        using var second = Rings.Turn(points, other);
        using var third = Rings.Turn(points, one);
        Assert.Equal(float64, first.dtype);
        Assert.True(first.equal(second).all().item<bool>());
        Assert.False(first.equal(third).any().item<bool>());
        Assert.True(points.equal(before).all().item<bool>());
    }

    [Fact]
    public void Nothing_but_the_result_is_left_behind()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        using var set = Rings.Generate(10, seed: 9);
        Assert.Equal(0, scope.DisposablesCount);
        Rings.Turn(set.Points, generator);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Impossible_worlds_and_points_are_refused_with_the_value_at_fault()
    {
        BadInput.Refused("count is 0", () => Rings.Generate(0, seed: 1));
        BadInput.Refused("rings is 0", () => Rings.Generate(10, seed: 1, rings: 0));
        using var generator = new Generator(1);
        using var wide = zeros(4, 3);
        BadInput.Refused("points is Float32 [4, 3]", () => Rings.Turn(wide, generator));
    }

    private static float[] Values(Tensor points) => points.data<float>().ToArray();

    private static double[] Radii(Tensor points) => points.to(float64).norm(1).data<double>().ToArray();

    private static double[] Angles(Tensor points)
    {
        using var precise = points.to(float64);
        return atan2(precise[.., 1], precise[.., 0]).data<double>().ToArray();
    }
}
