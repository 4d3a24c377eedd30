using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The size and settings of a <see cref="ClipModel"/> with a vision transformer and CLIP's text transformer. The defaults are those
/// of OpenAI's ViT-B/32.</summary>
public sealed record ClipConfig
{
    /// <summary>D, the width of the joint space. <value>The default is 512.</value></summary>
    public int ProjectionWidth { get; init; } = 512;

    /// <summary>The image tower.</summary>
    public VisionTransformerConfig Vision { get; init; } = new();

    /// <summary>The text tower.</summary>
    public ClipTextConfig Text { get; init; } = new();

    /// <summary>Whether the model is trained with the sigmoid loss of SigLIP (Zhai et al. 2023): it then has a bias of the logits, and a scale
    /// that starts at 10 and has no clamp. <value>The default is false.</value></summary>
    public bool Sigmoid { get; init; }

    /// <summary>A preset that trains on a CPU in minutes: both towers have 4 layers, width 128 and 4 heads; patches of 4 pixels in images below
    /// 48 pixels and of 8 above; texts of at most 77 tokens; a joint space of 128.</summary>
    /// <param name="vocabularySize">The tokenizer's vocabulary size.</param>
    /// <param name="imageSize">Height and width of an image in pixels, a multiple of the patch size. <value>The default is 32.</value></param>
    public static ClipConfig Small(int vocabularySize, int imageSize = 32) => new()
    {
        ProjectionWidth = 128,
        Vision = new VisionTransformerConfig { ImageSize = imageSize, PatchSize = imageSize < 48 ? 4 : 8, Width = 128, Layers = 4, Heads = 4, IntermediateSize = 512 },
        Text = new ClipTextConfig { VocabularySize = vocabularySize, Width = 128, Layers = 4, Heads = 4, IntermediateSize = 512 },
    };

    /// <summary>This configuration, after a check that its numbers make a valid model.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or the towers do not fit together.</exception>
    internal ClipConfig Checked()
    {
        Require.AtLeast(ProjectionWidth, 1);
        Vision.Checked();
        Text.Checked();
        if (!ProjectsImages && Vision.Width != ProjectionWidth)
            throw Unprojected("image", nameof(Vision), Vision.Width, "an attention head ends in it without a projection");
        if (!ProjectsTexts && Text.Width != ProjectionWidth)
            throw Unprojected("text", nameof(Text), Text.Width, "a linear head ends in it without a projection");
        return this;
    }

    // SigLIP's towers have heads of their own, which end in the joint space.
    internal bool ProjectsImages => Vision.Pooling != ImagePooling.Attention;

    internal bool ProjectsTexts => Text.Pooling != TextPooling.Last;

    private ArgumentException Unprojected(string tower, string name, int width, string why) =>
        new($"{name}.Width is {width}; expected the width of the joint space, {nameof(ProjectionWidth)} = {ProjectionWidth}: the {tower} tower's {why}.");
}
