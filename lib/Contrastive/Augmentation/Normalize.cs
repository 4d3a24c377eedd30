using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Subtracts each channel's mean and divides by its standard deviation. It comes last:
/// the other augmentations expect values in [0, 1].</summary>
public sealed class Normalize : InPlaceAugmentation
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <summary>Takes one mean and one standard deviation per channel.</summary>
    /// <param name="mean">Of values in [0, 1].</param>
    /// <param name="standardDeviation">Above zero.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no channel, or a deviation is not above zero.</exception>
    public Normalize(double[] mean, double[] standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Length == 0 || mean.Length != standardDeviation.Length)
            throw new ArgumentException($"Expected one mean and one standard deviation per channel, got {mean.Length} and {standardDeviation.Length}.", nameof(mean));
        if (!standardDeviation.All(deviation => deviation > 0 && double.IsFinite(deviation)))
            throw new ArgumentException(
                FormattableString.Invariant($"Expected standard deviations above zero, got [{string.Join(", ", standardDeviation)}]."), nameof(standardDeviation));
        (_mean, _deviation) = ([.. mean], [.. standardDeviation]);
    }

    /// <summary>Measures mean and standard deviation per channel.</summary>
    /// <param name="images">uint8 in 0…255 or floats in [0, 1], [N, C, H, W]: the training images, not the test ones.</param>
    /// <exception cref="ArgumentException">There is no image, or a channel is constant.</exception>
    public static Normalize Fit(Tensor images)
    {
        Require.Shape(images, "[N, C, H, W]");
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (sum, squares) = (zeros(images.size(1), float64), zeros(images.size(1), float64));
        foreach (var block in images.split(4096))
        {
            using var blockScope = NewDisposeScope();
            var values = images.is_floating_point() ? block.to(float64) : block.to(float64).div_(255);
            sum.add_(values.sum([0, 2, 3]).cpu());
            squares.add_(values.square().sum([0, 2, 3]).cpu());
        }

        var count = images.numel() / images.size(1);
        var mean = sum.div_(count);
        var deviation = squares.div_(count).sub_(mean.square()).clamp_(min: 0).sqrt_();
        return new Normalize(mean.data<double>().ToArray(), deviation.data<double>().ToArray());
    }

    /// <summary>One per channel.</summary>
    public IReadOnlyList<double> Mean => _mean;

    /// <summary>One per channel.</summary>
    public IReadOnlyList<double> StandardDeviation => _deviation;

    /// <inheritdoc/>
    protected override void Change(Tensor images, Generator generator)
    {
        Require.Shape(images, $"[N, {_mean.Length}, H, W]", "as many channels as the means given");
        images.sub_(PerChannel(_mean)).mul_(PerChannel([.. _deviation.Select(deviation => 1 / deviation)]));

        Tensor PerChannel(double[] values) => tensor(values, dtype: images.dtype, device: images.device).view(1, -1, 1, 1);
    }
}
