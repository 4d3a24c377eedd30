using Contrastive.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// Batch norm whose statistics are computed over parts of the batch: what several devices with a small batch each would do, on one device
/// (He et al. 2020, "Momentum Contrast", section 3.3, and the authors' CIFAR-10 notebook). Sample n belongs to part n mod splits.
/// With the keys' batch shuffled, a query no longer shares its statistics with its own key: they cannot give the positive away.
/// </summary>
/// <remarks>Takes <c>[N, C]</c> or <c>[N, C, …]</c>. In evaluation mode it is plain batch norm. The running statistics are the mean over
/// the parts. The names are BatchNorm's: <c>weight</c>, <c>bias</c>, <c>running_mean</c>, <c>running_var</c>,
/// <c>num_batches_tracked</c>.</remarks>
public sealed class SplitBatchNorm : Module<Tensor, Tensor>
{
    /// <summary>Makes the layer; weight one, bias zero.</summary>
    /// <param name="channels">C.</param>
    /// <param name="splits">The number of parts; it must divide the size of every training batch. <value>The authors use 8.</value></param>
    /// <param name="epsilon">Added to the variance. <value>The default is 1e-5.</value></param>
    /// <param name="momentum">The weight of the new statistics in the running ones. <value>The default is 0.1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">Channels or splits are below one.</exception>
    public SplitBatchNorm(int channels, int splits, double epsilon = 1e-5, double momentum = 0.1) : base(nameof(SplitBatchNorm))
    {
        Require.AtLeast(channels, 1);
        Require.AtLeast(splits, 1);
        (Channels, Splits, Epsilon, Momentum) = (channels, splits, epsilon, momentum);
        register_parameter("weight", Parameter(ones(channels)));
        register_parameter("bias", Parameter(zeros(channels)));
        register_buffer("running_mean", zeros(channels).DetachFromDisposeScope(), persistent: true);
        register_buffer("running_var", ones(channels).DetachFromDisposeScope(), persistent: true);
        register_buffer("num_batches_tracked", zeros([], dtype: ScalarType.Int64).DetachFromDisposeScope(), persistent: true);
    }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>The number of parts.</summary>
    public int Splits { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>The weight of the new statistics in the running ones.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not <c>[N, C, …]</c>, or in training N is not divisible by
    /// <see cref="Splits"/>.</exception>
    public override Tensor forward(Tensor input)
    {
        Require.Shape(input, $"[N, {Channels}, ...]", mayBeEmpty: true);
        var (mean, variance) = (get_buffer("running_mean")!, get_buffer("running_var")!);
        var (weight, bias) = (get_parameter("weight")!, get_parameter("bias")!);
        if (!training)
            return functional.batch_norm(input, mean, variance, weight, bias, training: false, Momentum, Epsilon);
        if (input.size(0) % Splits != 0)
            throw new ArgumentException(
                $"A batch of {input.size(0)} does not divide into {Splits} parts; choose a batch size that does and drop the last, smaller batch.", nameof(input));

        using var scope = NewDisposeScope();
        var shape = input.shape;
        var parts = input.reshape([-1, Splits * Channels, .. shape[2..]]); // [N / S, S C, …]: sample n is in part n mod S
        var (means, variances) = (mean.repeat(Splits), variance.repeat(Splits)); // [S C]
        var output = functional.batch_norm(parts, means, variances, weight.repeat(Splits), bias.repeat(Splits), training: true, Momentum, Epsilon);
        using (no_grad())
        {
            mean.copy_(means.view(Splits, Channels).mean([0L]));
            variance.copy_(variances.view(Splits, Channels).mean([0L]));
            get_buffer("num_batches_tracked")!.add_(1);
        }

        return output.reshape(shape).MoveToOuterDisposeScope(); // [N, C, …]
    }
}
