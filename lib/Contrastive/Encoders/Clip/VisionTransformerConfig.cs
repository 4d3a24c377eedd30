using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The size and settings of a <see cref="VisionTransformer"/>. The defaults are those of OpenAI's ViT-B/32.</summary>
public sealed record VisionTransformerConfig
{
    /// <summary>Height and width of an image in pixels. <value>The default is 224.</value></summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Height and width of a patch in pixels; it divides the image's size. <value>The default is 32.</value></summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>3 for color, 1 for gray. <value>The default is 3.</value></summary>
    public int Channels { get; init; } = 3;

    /// <summary>Width of the hidden states, and of the feature. <value>The default is 768.</value></summary>
    public int Width { get; init; } = 768;

    /// <summary>Transformer layers. <value>The default is 12.</value></summary>
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads per layer; they divide the width. <value>The default is 12.</value></summary>
    public int Heads { get; init; } = 12;

    /// <summary>Width of the feed-forward layer. <value>The default is 3,072.</value></summary>
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>The activation of the feed-forward layer. <value>The default is <see cref="Activation.QuickGelu"/>.</value></summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>How tokens become a feature. <value>The default is <see cref="ImagePooling.Class"/>.</value></summary>
    public ImagePooling Pooling { get; init; } = ImagePooling.Class;

    /// <summary>The epsilon of layer normalization. <value>The default is 1e-5; SigLIP's is 1e-6.</value></summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>The share of patches that is left out in training, other ones of each image in each step, which saves their computation (Li
    /// et al. 2023, "Scaling Language-Image Pre-training via Masking"). <value>The default is 0; the paper has 0.5 to 0.75.</value></summary>
    public double PatchDropout { get; init; }

    /// <summary>Rows, and columns, of patches in an image.</summary>
    internal int Grid => ImageSize / PatchSize;

    /// <summary>Patches of an image.</summary>
    internal int Patches => Grid * Grid;

    /// <summary>Tokens before the patches: the class token, if there is one.</summary>
    internal int ClassTokens => Pooling == ImagePooling.Class ? 1 : 0;

    /// <summary>This configuration, after a check that its numbers make a valid model.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or one does not divide another that it must.</exception>
    internal VisionTransformerConfig Checked()
    {
        Require.AtLeast(ImageSize, 1);
        Require.AtLeast(PatchSize, 1);
        Require.AtLeast(Channels, 1);
        ClipLayers.Check(Width, Layers, Heads, IntermediateSize, Activation, LayerNormEpsilon);
        Require.Defined(Pooling);
        Require.Fraction(PatchDropout);
        return ImageSize % PatchSize == 0
            ? this
            : throw new ArgumentException($"{nameof(PatchSize)} is {PatchSize}; expected a divisor of {nameof(ImageSize)}, {ImageSize}.");
    }
}
