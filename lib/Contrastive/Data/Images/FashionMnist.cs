using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Fashion-MNIST from its four official files (Xiao et al. 2017, arXiv:1708.07747).</summary>
public static class FashionMnist
{
    /// <summary>The ten classes in the order of their labels.</summary>
    public static IReadOnlyList<string> ClassNames { get; } =
        ["T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Reads one split.</summary>
    /// <param name="name">What the set is to be called.</param>
    /// <param name="imagesPath">The file of images, <c>…-images-idx3-ubyte.gz</c> or unpacked.</param>
    /// <param name="labelsPath">The file of labels, <c>…-labels-idx1-ubyte.gz</c> or unpacked.</param>
    /// <returns>Images uint8 <c>[N, 1, 28, 28]</c>.</returns>
    /// <exception cref="InvalidDataException">A file is damaged or not the expected one, or the two do not match.</exception>
    public static ImageSet Read(string name, string imagesPath, string labelsPath)
    {
        using var scope = NewDisposeScope();
        var images = IdxFile.Read(imagesPath, dimensions: 3); // [N, H, W]
        var labels = IdxFile.Read(labelsPath, dimensions: 1); // [N]
        if (images.size(0) != labels.size(0))
        {
            throw new InvalidDataException($"{imagesPath} has {images.size(0)} images, {labelsPath} {labels.size(0)} labels: they do not belong together.");
        }

        if (labels.max().item<byte>() is var greatest && greatest >= ClassNames.Count)
        {
            throw new InvalidDataException($"{labelsPath}: the label {greatest} is not one of 0 to {ClassNames.Count - 1}.");
        }

        return new ImageSet(name, images.unsqueeze(1), labels.to(ScalarType.Int64), ClassNames); // [N, 1, H, W]
    }
}
