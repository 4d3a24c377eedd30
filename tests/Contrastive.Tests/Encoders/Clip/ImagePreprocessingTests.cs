using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using TorchSharp;
using TorchSharp.Utils;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class ImagePreprocessingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Images_of_the_right_size_are_only_normalized()
    {
        var images = arange(2 * 3 * 4 * 4, float64).view(2, 3, 4, 4) / 96;
        var prepared = new ImagePreprocessing { Size = 4 }.Apply(images);
        double[] mean = [0.48145466, 0.4578275, 0.40821073], std = [0.26862954, 0.26130258, 0.27577711];
        for (var c = 0; c < 3; c++)
            Assert.Equal((images[1, c, 2, 3].item<double>() - mean[c]) / std[c], prepared[1, c, 2, 3].item<double>(), 1e-6);
        Assert.Equal(0, images[0, 0, 0, 0].item<double>()); // the input stays
    }

    [Theory]
    [InlineData(6, 9, 2)] // round(1.5) is 2, as in Python
    [InlineData(6, 7, 0)]
    [InlineData(6, 11, 2)]
    public void The_middle_of_the_longer_side_is_kept(int height, int width, int start)
    {
        var images = rand(1, 3, height, width);
        var plain = new ImagePreprocessing { Size = 6, Mean = [0, 0, 0], Std = [1, 1, 1] };
        Assert.True(plain.Apply(images).equal(images.narrow(3, start, 6)).all().item<bool>());
        var tall = images.transpose(2, 3).contiguous();
        Assert.True(plain.Apply(tall).equal(tall.narrow(2, start, 6)).all().item<bool>());
    }

    [Fact]
    public void Other_sizes_are_resized_and_stay_within_the_range()
    {
        var plain = new ImagePreprocessing { Size = 8, Mean = [0, 0, 0], Std = [1, 1, 1] };
        var edge = zeros(1, 3, 16, 24);
        edge.narrow(3, 12, 12).fill_(1);
        var resized = plain.Apply(edge);
        Assert.Equal([1, 3, 8, 8], resized.shape);
        Assert.Equal((0f, 1f), (resized.min().item<float>(), resized.max().item<float>())); // bicubic interpolation overshoots
        Assert.Equal([0, 0, 0], resized[0, 0, 0].data<float>().Take(3));
        Assert.Equal(0.5, resized.mean().item<float>(), 0.02);
        Assert.Equal([1, 3, 8, 8], plain.Apply(rand(1, 3, 3, 5)).shape);
    }

    [Fact]
    public void Without_a_crop_both_sides_are_resized()
    {
        var images = zeros(1, 3, 8, 16);
        images.narrow(3, 0, 4).fill_(1); // a quarter of the width, which a crop would cut off
        var squashed = new ImagePreprocessing { Size = 8, Mean = [0, 0, 0], Std = [1, 1, 1], Crop = false }.Apply(images);
        Assert.Equal([1, 3, 8, 8], squashed.shape);
        Assert.Equal(0.25, squashed.mean().item<float>(), 0.01);
    }

    [Fact]
    public void Refuses_what_is_no_batch_of_images()
    {
        BadInput.Refused("expected float [N, 3, H, W]", () => new ImagePreprocessing().Apply(zeros(1, 3, 8, 8, ScalarType.Byte)));
        BadInput.Refused("expected float [N, 3, H, W]", () => new ImagePreprocessing().Apply(zeros(1, 1, 8, 8)));
        BadInput.Refused("Mean has 3 channels and Std 1", () => new ImagePreprocessing { Std = [1] }.Apply(zeros(1, 3, 8, 8)));
        BadInput.Refused("Size is 0", () => new ImagePreprocessing { Size = 0 }.Apply(zeros(1, 3, 8, 8)));
    }
}
