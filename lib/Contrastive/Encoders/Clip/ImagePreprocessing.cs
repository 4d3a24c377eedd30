using Contrastive.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>What is done to an image before an image tower sees it: resized, cut to a square, normalized. The defaults are CLIP's.</summary>
public sealed record ImagePreprocessing
{
    /// <summary>Height and width in pixels. <value>The default is 224.</value></summary>
    public int Size { get; init; } = 224;

    /// <summary>What is subtracted from each channel. <value>The default is CLIP's: 0.48145466, 0.4578275, 0.40821073.</value></summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.48145466f, 0.4578275f, 0.40821073f];

    /// <summary>By what each channel is divided then. <value>The default is CLIP's: 0.26862954, 0.26130258, 0.27577711.</value></summary>
    public IReadOnlyList<float> Std { get; init; } = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>Whether the shorter side is resized and the middle of the longer one kept, as CLIP does it, or both sides are resized, as
    /// SigLIP does it. <value>The default is true.</value></summary>
    public bool Crop { get; init; } = true;

    /// <summary>Prepares a batch of images. Images of another size are resized by bicubic interpolation with antialiasing.</summary>
    /// <param name="images">Float <c>[N, 3, H, W]</c> in [0, 1].</param>
    /// <returns><c>[N, 3, Size, Size]</c>.</returns>
    /// <exception cref="ArgumentException">They are no float image batch with a channel for each mean.</exception>
    public Tensor Apply(Tensor images)
    {
        Require.AtLeast(Size, 1);
        if (Mean.Count != Std.Count)
            throw new ArgumentException($"{nameof(Mean)} has {Mean.Count} channels and {nameof(Std)} {Std.Count}; expected as many.");
        Require.Shape(images, $"float [N, {Mean.Count}, H, W]", "images in [0, 1]");
        using var scope = NewDisposeScope();
        return Resize(images).sub(Channels(Mean, images)).div_(Channels(Std, images)).MoveToOuterDisposeScope();
    }

    private Tensor Resize(Tensor images)
    {
        var (height, width) = (images.size(2), images.size(3));
        if (height == Size && width == Size)
            return images.alias();
        var shorter = Math.Min(height, width);
        var (newHeight, newWidth) = Crop ? (height * Size / shorter, width * Size / shorter) : (Size, Size);
        // Bicubic interpolation overshoots at edges.
        var resized = nn.functional.interpolate(images, [newHeight, newWidth], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true).clamp_(0, 1);
        return resized.narrow(2, Start(newHeight), Size).narrow(3, Start(newWidth), Size);
    }

    // torchvision's, which rounds halves to even.
    private long Start(long length) => (long)Math.Round((length - Size) / 2.0);

    private static Tensor Channels(IReadOnlyList<float> values, Tensor images) =>
        tensor(values.ToArray(), [1, values.Count, 1, 1]).to(images.dtype).to(images.device);
}
