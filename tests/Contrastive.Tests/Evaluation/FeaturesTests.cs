using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class FeaturesTests
{
    [Fact]
    public void Centering_takes_the_training_mean_from_both_sets()
    {
        using var scope = NewDisposeScope();
        var training = tensor(new double[,] { { 1, 10 }, { 3, 20 } });
        var held = tensor(new double[,] { { 2, 15 }, { 5, 0 }, { 0, 0 } });
        var centered = Features.Center(training, held);

        Assert.Equal([-1, -5, 1, 5], centered.Training.data<double>().ToArray());
        Assert.Equal([0, 0, 3, -15, -2, -15], centered.Held.data<double>().ToArray());
        Assert.Equal([1, 10, 3, 20], training.data<double>().ToArray());
    }

    [Fact]
    public void Centering_refuses_features_of_two_widths_and_what_is_not_finite()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("[3, 2]", () => Features.Center(ones(4, 3), ones(3, 2)));
        BadInput.Refused("held", () => Features.Center(ones(4, 3), full([2, 3], float.NaN)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(64)]
    public void Row_i_is_what_the_encoder_makes_of_image_i_whatever_the_batch_size(int batchSize)
    {
        using var scope = NewDisposeScope();
        using var images = Ten();
        using var encoder = Encoder();
        var features = Features.Extract(encoder, images, pixels => pixels * 2 - 1, batchSize);

        encoder.eval();
        Assert.Equal([10, 3], features.shape);
        for (var i = 0; i < images.Count; i++)
        {
            var alone = encoder.call((images.Batch(tensor(new long[] { i })) * 2) - 1);
            Assert.True(features[i].allclose(alone[0], 1e-5, 1e-6), $"image {i}");
        }
    }

    [Fact]
    public void Every_part_of_the_encoder_returns_to_the_mode_it_was_in_and_learns_nothing()
    {
        using var images = Ten();
        using var encoder = Encoder();
        encoder.train();
        encoder.named_children().Single(child => child.name == "frozen").module.eval();
        var norm = (BatchNorm1d)encoder.named_children().Single(child => child.name == "norm").module;
        var before = norm.running_mean!.data<float>().ToArray();
        using var features = Features.Extract(encoder, images);

        Assert.True(encoder.training);
        Assert.All(encoder.named_children(), child => Assert.Equal(child.name != "frozen", child.module.training));
        Assert.Equal(before, norm.running_mean!.data<float>().ToArray());
        Assert.False(features.requires_grad);
    }

    [Fact]
    public void The_mode_returns_even_when_the_encoder_fails()
    {
        using var images = Ten();
        using var encoder = nn.Sequential(("dropout", nn.Dropout()), ("wrong", nn.Linear(5, 2)));
        Assert.ThrowsAny<Exception>(() => Features.Extract(encoder, images));
        Assert.True(encoder.training);
    }

    [Fact]
    public void Half_precision_comes_out_as_float32()
    {
        using var images = Ten();
        using var encoder = nn.Sequential(nn.Flatten());
        using var features = Features.Extract(encoder, images, pixels => pixels.to(bfloat16));
        Assert.Equal(ScalarType.Float32, features.dtype);
    }

    [Fact]
    public void Leaves_only_the_features_behind()
    {
        using var images = Ten();
        using var encoder = Encoder();
        using var scope = NewDisposeScope();
        Features.Extract(encoder, images, batchSize: 3);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Raw_pixels_are_the_images_laid_flat_in_0_to_1()
    {
        using var images = Ten();
        using var pixels = Features.RawPixels(images);
        Assert.Equal([10, 4], pixels.shape);
        Assert.Equal(Enumerable.Range(0, 40).Select(value => value * 5 / 255f), pixels.data<float>().ToArray());
    }

    [Fact]
    public void An_encoder_that_gives_maps_instead_of_vectors_is_refused()
    {
        using var images = Ten();
        using var encoder = nn.Sequential(nn.ReLU());
        BadInput.Refused("[10, 1, 2, 2] of 10 images; expected [10, D]", () => Features.Extract(encoder, images));
        BadInput.Refused("batchSize is 0", () => Features.Extract(encoder, images, batchSize: 0));
    }

    private static Sequential Encoder()
    {
        var encoder = nn.Sequential(
            ("flat", nn.Flatten()), ("frozen", nn.Linear(4, 6)), ("norm", nn.BatchNorm1d(6)), ("dropout", nn.Dropout(0.5)), ("out", nn.Linear(6, 3)));
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using (no_grad())
        {
            foreach (var parameter in encoder.parameters())
                parameter.copy_(randn(parameter.shape, generator: generator));
        }

        return encoder;
    }

    private static ImageSet Ten() => new(
        "ten", tensor([.. Enumerable.Range(0, 40).Select(value => (byte)(value * 5))]).reshape(10, 1, 2, 2), zeros(10, dtype: int64), ["only"]);
}
