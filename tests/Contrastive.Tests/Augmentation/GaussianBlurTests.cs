using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class GaussianBlurTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Equals_summing_each_pixels_neighborhood(int radius)
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(3, 2, 6, 7).to(float64);
        double[] sigmas = [0.3, 0.9, 2];
        var blurred = GaussianBlur.Blur(images, tensor(sigmas), radius);
        for (var i = 0; i < 3; i++)
            for (var channel = 0; channel < 2; channel++)
                for (var y = 0; y < 6; y++)
                    for (var x = 0; x < 7; x++)
                    {
                        var (sum, weights) = (0.0, 0.0);
                        for (var dy = -radius; dy <= radius; dy++)
                            for (var dx = -radius; dx <= radius; dx++)
                            {
                                var weight = Math.Exp(-(dx * dx + dy * dy) / (2 * sigmas[i] * sigmas[i]));
                                sum += weight * images[i, channel, Mirror(y + dy, 6), Mirror(x + dx, 7)].item<double>();
                                weights += weight;
                            }

                        Assert.Equal(sum / weights, blurred[i, channel, y, x].item<double>(), 1e-12);
                    }

        static int Mirror(int place, int length) => place < 0 ? -place : place >= length ? 2 * (length - 1) - place : place;
    }

    [Fact]
    public void Equals_torchvision()
    {
        using var scope = NewDisposeScope();
        Assert.True(GaussianBlur.Blur(Torchvision.Image, tensor(new[] { 0.8f }), 1).allclose(Torchvision.Blurred, 1e-5, 1e-5));
    }

    [Theory]
    [InlineData(32, 1)]
    [InlineData(10, 1)]
    [InlineData(64, 3)]
    public void The_kernel_is_a_tenth_of_the_image_unless_said_otherwise(int size, int radius)
    {
        using var scope = NewDisposeScope();
        var point = zeros(1, 1, size, size);
        point[0, 0, size / 2, size / 2] = tensor(1f);
        var blurred = new GaussianBlur(minSigma: 2, maxSigma: 2).Apply(point, new Generator(1));
        Assert.Equal((2 * radius + 1) * (2 * radius + 1), blurred.gt(0).sum().item<long>());
        Assert.Equal(25, new GaussianBlur(5).Apply(point, new Generator(1)).gt(0).sum().item<long>());
    }

    [Fact]
    public void Each_image_has_a_width_of_its_own_within_the_range()
    {
        using var scope = NewDisposeScope();
        var points = zeros(2000, 1, 9, 9);
        points[.., 0, 4, 4] = tensor(1f);
        var blurred = new GaussianBlur(3, minSigma: 0.5, maxSigma: 1.5).Apply(points, new Generator(2));
        // The ratio of two taps recovers the width: ln(w₀ / w₁) = 1 / (2 σ²).
        var sigma = (blurred[.., 0, 4, 4] / blurred[.., 0, 4, 5]).log().mul(2).pow(-0.5);
        Assert.InRange(sigma.min().item<float>(), 0.499f, 0.51f);
        Assert.InRange(sigma.max().item<float>(), 1.49f, 1.501f);
        Assert.Equal(1, sigma.mean().item<float>(), 0.033);
    }
}
