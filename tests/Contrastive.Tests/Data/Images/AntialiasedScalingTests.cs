using Contrastive.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class AntialiasedScalingTests
{
    [Theory]
    [InlineData(40, 30, 10, 10)]
    [InlineData(97, 61, 32, 32)]
    [InlineData(33, 64, 64, 64)]
    [InlineData(7, 5, 13, 3)]
    [InlineData(500, 375, 64, 64)]
    [InlineData(3, 3, 1, 1)]
    public void Pictures_are_scaled_as_torch_does_it(int width, int height, int toWidth, int toHeight)
    {
        using var scope = NewDisposeScope();
        var picture = randint(0, 256, [height, width, 4], ScalarType.Byte, generator: new Generator(1));
        var expected = nn.functional.interpolate(Planes(picture), [toHeight, toWidth], mode: InterpolationMode.Bilinear, antialias: true);
        Agree(expected, Scaled(picture, (0, 0, width, height), toWidth, toHeight));
    }

    [Fact]
    public void A_part_is_scaled_as_if_it_were_all()
    {
        using var scope = NewDisposeScope();
        var picture = randint(0, 256, [50, 70, 4], ScalarType.Byte, generator: new Generator(2));
        var expected = nn.functional.interpolate(Planes(picture)[.., .., 3..47, 13..57], [20, 20], mode: InterpolationMode.Bilinear, antialias: true);
        Agree(expected, Scaled(picture, (13, 3, 44, 44), 20, 20));
    }

    [Fact]
    public void A_part_may_begin_between_pixels()
    {
        using var scope = NewDisposeScope();
        var picture = arange(0, 200, 5, ScalarType.Byte).reshape(1, 40, 1).repeat(30, 1, 4); // 5 more a column
        var columns = Scaled(picture, (5.4, 0, 30, 30), 10, 10)[0, 0, 4, 1..^1].data<byte>().ToArray();
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (byte)(5 * (5.4 + 3 * (i + 0.5) - 0.5) + 0.5)), columns);
    }

    private static Tensor Planes(Tensor picture) => picture[.., .., ..3].permute(2, 0, 1).unsqueeze(0).to(float32);

    private static Tensor Scaled(Tensor picture, (double, double, double, double) part, int toWidth, int toHeight)
    {
        var planes = new byte[3 * toWidth * toHeight];
        AntialiasedScaling.Scale(picture.contiguous().data<byte>().ToArray(), (int)picture.size(1), part, planes, toWidth, toHeight);
        return tensor(planes, [1, 3, toHeight, toWidth]);
    }

    /// <summary>Equal but for the rounding to whole numbers.</summary>
    private static void Agree(Tensor expected, Tensor actual) => Assert.True((expected - actual.to(float32)).abs().max().item<float>() < 0.501f);
}
