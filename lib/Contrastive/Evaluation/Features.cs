using Contrastive.Data;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>The features that a frozen encoder extracts from images: the input of every evaluation.</summary>
public static class Features
{
    /// <summary>
    /// Runs all images through the encoder, batch by batch, without gradient and in evaluation mode (running statistics in batch norm,
    /// no dropout); afterward every module of the encoder is back in its previous mode.
    /// </summary>
    /// <param name="encoder">Maps float <c>[B, C, H, W]</c> to <c>[B, D]</c>. Pass the encoder without its projection head: features
    /// before the head transfer better (Chen et al. 2020, section 4.2).</param>
    /// <param name="images">The images; they are moved to the encoder's device batch by batch.</param>
    /// <param name="preprocess">Applied to a batch of images in [0, 1] before the encoder, such as <c>normalize.Apply</c>; nothing by
    /// default. Keep what training applied to every view and leave out what it drew at random.</param>
    /// <param name="batchSize">Images per batch. <value>The default is 256.</value></param>
    /// <returns>Features <c>[N, D]</c> on the encoder's device in the order of the images; float32 if the encoder returns half
    /// precision.</returns>
    /// <exception cref="ArgumentException">The encoder's output is not <c>[B, D]</c>, the set is empty, or the batch size is not above
    /// zero.</exception>
    public static Tensor Extract(nn.Module<Tensor, Tensor> encoder, ImageSet images, Func<Tensor, Tensor>? preprocess = null, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(images);
        Require.AtLeast(batchSize, 1);
        if (images.Count == 0)
            throw new ArgumentException($"'{images.Name}' holds no image to extract features from.", nameof(images));

        using var mode = new EvaluationMode(encoder);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var device = encoder.parameters().FirstOrDefault()?.device ?? images.Images.device;
        Tensor? features = null;
        for (var start = 0; start < images.Count; start += batchSize)
        {
            using var batch = NewDisposeScope();
            var count = Math.Min(batchSize, images.Count - start);
            var pixels = images.Batch(arange(start, start + count, int64)).to(device); // [B, C, H, W]
            var output = encoder.call(preprocess is null ? pixels : preprocess(pixels)); // [B, D]
            if (output.dim() != 2 || output.size(0) != count)
                throw new ArgumentException($"The encoder made {TensorText.Describe(output)} of {count} images; expected [{count}, D], one vector for each.", nameof(encoder));
            features ??= empty([images.Count, output.size(1)], FullPrecision(output), output.device).MoveToOuterDisposeScope();
            features.narrow(0, start, count).copy_(output);
        }

        return features!.MoveToOuterDisposeScope();
    }

    /// <summary>The pixels themselves as features: the baseline that an encoder must beat.</summary>
    /// <param name="images">The images.</param>
    /// <returns>float32 <c>[N, C·H·W]</c> in [0, 1], on the images' device.</returns>
    public static Tensor RawPixels(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        return images.Images.reshape(images.Count, -1).to(float32).div_(255).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Both sets of features less the mean of the training set's. A direction that all features share makes all cosines high and alike, so
    /// that near and far neighbors have nearly the same vote, and an example that has more of it than others becomes a neighbor of many (a
    /// hub): of raw pixels in [0, 1], the bright pictures do. So features of different kinds are compared fairly after centering only.
    /// </summary>
    /// <param name="training">Features of the training set, float <c>[N, D]</c>, N ≥ 1.</param>
    /// <param name="held">Features of the held-out set by the same encoder, float <c>[M, D]</c>.</param>
    /// <returns>The same shapes and types; new tensors.</returns>
    /// <exception cref="ArgumentException">The features are no matrices of one width, or a value is not finite.</exception>
    public static (Tensor Training, Tensor Held) Center(Tensor training, Tensor held)
    {
        Require.Matrix(training);
        Require.Matrix(held);
        Require.SameWidth(training, held);
        using var scope = NewDisposeScope();
        var mean = training.mean([0L], keepdim: true); // [1, D]
        return ((training - mean).MoveToOuterDisposeScope(), (held - mean).MoveToOuterDisposeScope());
    }

    private static ScalarType FullPrecision(Tensor output) =>
        output.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : output.dtype;
}
