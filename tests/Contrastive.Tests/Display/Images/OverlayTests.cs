using Contrastive.Display;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Display;

public sealed class OverlayTests
{
    private static readonly double[][] Steps = [[13, 8, 50], [94, 24, 118], [190, 50, 94], [242, 124, 50], [252, 240, 164]];

    /// <summary>The color of a value in [0, 1], channel by channel.</summary>
    private static double Color(double value, int channel)
    {
        var step = Math.Min((int)(value * 4), 3);
        return Steps[step][channel] + ((Steps[step + 1][channel] - Steps[step][channel]) * ((value * 4) - step));
    }

    [Fact]
    public void Equals_the_blend_of_gray_and_color_written_as_loops()
    {
        using var scope = NewDisposeScope();
        var (images, maps) = (rand(3, 3, 6, 5), randn(3, 6, 5)); // of the images' size, so that nothing is interpolated
        var (bytes, values) = ((images * 255).round(), maps.to(float64));
        var (least, most) = (values.min().item<double>(), values.max().item<double>());
        var heat = Overlay.Heat(images, maps, strength: 0.25);
        Assert.Equal((ScalarType.Byte, "3, 3, 6, 5"), (heat.dtype, string.Join(", ", heat.shape)));
        foreach (var (n, c, y, x) in from n in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 6) from x in Enumerable.Range(0, 5) select (n, c, y, x))
        {
            var gray = (0.299 * bytes[n, 0, y, x].item<float>()) + (0.587 * bytes[n, 1, y, x].item<float>()) + (0.114 * bytes[n, 2, y, x].item<float>());
            var color = Color((values[n, y, x].item<double>() - least) / (most - least), c);
            Assert.Equal((0.25 * color) + (0.75 * gray), heat[n, c, y, x].item<byte>(), 0.51);
        }
    }

    [Fact]
    public void Is_hottest_where_the_map_is_and_each_step_of_heat_is_lighter()
    {
        using var scope = NewDisposeScope();
        var maps = zeros(1, 4, 4);
        maps[0, 1, 2] = 1;
        var light = Overlay.Heat(full([1, 1, 32, 32], 128, dtype: ScalarType.Byte), maps).to(float32).sum(dim: 1)[0]; // [32, 32]
        var place = light.argmax().item<long>();
        Assert.True(place / 32 is >= 8 and < 16 && place % 32 is >= 16 and < 24, $"{place / 32}, {place % 32}");
        var ramp = Overlay.Heat(zeros(1, 1, 1, 100), linspace(0, 1, 100).reshape(1, 1, 100), strength: 1).to(float32)[0]; // [3, 1, 100]
        var luminance = ((0.299 * ramp[0]) + (0.587 * ramp[1]) + (0.114 * ramp[2])).reshape(-1);
        Assert.True((luminance.narrow(0, 1, 99) > luminance.narrow(0, 0, 99)).all().item<bool>());
    }

    [Fact]
    public void A_given_range_holds_for_each_picture_and_clamps()
    {
        using var scope = NewDisposeScope();
        var (image, map) = (rand(1, 3, 8, 8), rand(1, 2, 2));
        var alone = Overlay.Heat(image, map, least: 0, most: 1);
        var beside = Overlay.Heat(cat([image, image]), cat([map, map * 9]), least: 0, most: 1);
        Assert.True(alone[0].equal(beside[0]).all().item<bool>());
        Assert.True(Overlay.Heat(image, map * 0 + 5, least: 0, most: 1, strength: 1)[0, 0].eq(252).all().item<bool>());
        Assert.True(Overlay.Heat(image, map * 0 + 5, strength: 1)[0, 0].eq(13).all().item<bool>()); // a flat map has no heat
    }

    [Fact]
    public void The_legend_gives_the_range_and_escapes_the_title()
    {
        using var scope = NewDisposeScope();
        var legend = Overlay.Legend(tensor(new[] { -0.25, 0.5, 0.0, 0.125 }).reshape(1, 2, 2), "cosine <b>");
        Assert.Equal((-0.25, 0.5), (legend.Least, legend.Most));
        Assert.Equal("cosine <b> from -0.25 (dark violet) to 0.5 (light yellow)", legend.ToString());
        var html = Shown.ByConvention(legend)["text/html"];
        Assert.Contains("linear-gradient(90deg,rgb(13 8 50)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var images = rand(2, 3, 8, 8);
        using var maps = rand(2, 2, 2);
        using var scope = NewDisposeScope();
        Overlay.Heat(images, maps).Dispose();
        Overlay.Legend(maps);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var images = rand(2, 3, 8, 8);
        BadInput.Refused("expected float [2, h, w]", () => Overlay.Heat(images, rand(3, 2, 2)));
        BadInput.Refused("expected float [2, h, w]", () => Overlay.Heat(images, rand(2, 4)));
        BadInput.Refused("maps holds NaN", () => Overlay.Heat(images, rand(2, 2, 2) * float.NaN));
        BadInput.Refused("expected [B, C, H, W]", () => Overlay.Heat(rand(2, 8, 8), rand(2, 2, 2)));
        BadInput.Refused("from 1 to 0.5; expected the least value below the greatest", () => Overlay.Heat(images, rand(2, 2, 2), 1, 0.5));
        BadInput.Refused("strength is 2", () => Overlay.Heat(images, rand(2, 2, 2), strength: 2));
    }
}
