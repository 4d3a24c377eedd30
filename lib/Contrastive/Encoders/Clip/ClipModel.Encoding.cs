using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <content>Embeddings without gradients, in batches.</content>
public sealed partial class ClipModel
{
    /// <summary>The embeddings of any number of images, without gradients and in evaluation mode, which is put back afterwards.</summary>
    /// <param name="images"><c>[N, 3, H, W]</c>: bytes, or floats in [0, 1]; on any device.</param>
    /// <param name="batchSize">Images per batch. <value>The default is 256.</value></param>
    /// <returns><c>[N, D]</c>, not normalized, on the device of the model.</returns>
    /// <exception cref="ArgumentException">They are no image batch, there is none, or the batch size is below one.</exception>
    public Tensor EncodeImages(Tensor images, int batchSize = 256) => InBatches(images, batchSize, ImageFeatures);

    /// <summary>The embeddings of any number of texts, without gradients and in evaluation mode, which is put back afterwards.</summary>
    /// <param name="texts">At least one text.</param>
    /// <param name="batchSize">Texts per batch, which have similar lengths. <value>The default is 256.</value></param>
    /// <returns><c>[N, D]</c>, one row a text in their order, not normalized, on the device of the model.</returns>
    /// <exception cref="ArgumentException">There is no text, one has no token, or the batch size is below one.</exception>
    public Tensor EncodeTexts(IReadOnlyList<string> texts, int batchSize = 256)
    {
        Require.AtLeast(batchSize, 1);
        var sequences = Sequences(texts);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var mode = new EvaluationMode(this);
        var device = Weight.device;
        var order = Enumerable.Range(0, sequences.Length).OrderByDescending(i => sequences[i].Length).ToArray();
        var places = new long[order.Length];
        foreach (var (place, index) in order.Index())
            places[index] = place;
        var rows = order.Chunk(batchSize).Select(chunk => Encode([.. chunk.Select(i => sequences[i])], device)).ToArray();
        return cat(rows, 0).index_select(0, tensor(places, device: device)).MoveToOuterDisposeScope();
    }

    /// <summary>What the model sees where: an embedding for each place of each image, to compare with those of texts. Without gradients and in
    /// evaluation mode.</summary>
    /// <param name="images"><c>[N, 3, H, W]</c>: bytes, or floats in [0, 1]; on any device.</param>
    /// <param name="batchSize">Images per batch. <value>The default is 256.</value></param>
    /// <returns><c>[N, h, w, D]</c>, not normalized, on the device of the model; see <see cref="IPatchEncoder"/>.</returns>
    /// <exception cref="InvalidOperationException">The image tower has no features of places.</exception>
    /// <exception cref="ArgumentException">They are no image batch, there is none, or the batch size is below one.</exception>
    public Tensor PatchFeatures(Tensor images, int batchSize = 256)
    {
        var tower = ImageTower as IPatchEncoder
            ?? throw new InvalidOperationException($"The image tower, {ImageTower.GetType().Name}, has no features of places; it would have to be an {nameof(IPatchEncoder)}.");
        return InBatches(images, batchSize, batch =>
        {
            var patches = tower.Patches(Preprocessing.Apply(batch)); // [N, h, w, F]
            return _imageProjection is null ? patches : LinearProduct.Compute(patches, _imageProjection.weight!, null);
        });
    }

    // Every model has it, in the type and on the device of the others.
    private Tensor Weight => parameters().First();

    private Tensor InBatches(Tensor images, int batchSize, Func<Tensor, Tensor> compute)
    {
        Require.AtLeast(batchSize, 1);
        Require.Shape(images, "[N, C, H, W]", "images");
        if (!images.is_floating_point() && images.dtype != ScalarType.Byte)
            throw new ArgumentException($"{nameof(images)} is {TensorText.Describe(images)}; expected bytes, or floats in [0, 1].", nameof(images));
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var mode = new EvaluationMode(this);
        var (weight, rows) = (Weight, new List<Tensor>());
        for (long start = 0; start < images.size(0); start += batchSize)
        {
            using var inner = NewDisposeScope();
            var batch = images.narrow(0, start, Math.Min(batchSize, images.size(0) - start)).to(weight.device).to(weight.dtype);
            rows.Add(compute(images.is_floating_point() ? batch : batch / 255).MoveToOuterDisposeScope());
        }

        return cat(rows, 0).MoveToOuterDisposeScope();
    }

    private Tensor Encode(TokenSequence[] sequences, Device device)
    {
        using var scope = NewDisposeScope();
        return TextFeatures(Pad(sequences).To(device)).MoveToOuterDisposeScope();
    }
}
