using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The size and settings of a <see cref="ClipTextEncoder"/>. The defaults are those of OpenAI's ViT-B/32.</summary>
public sealed record ClipTextConfig
{
    /// <summary>Rows of the token embedding. <value>The default is 49,408.</value></summary>
    public int VocabularySize { get; init; } = 49_408;

    /// <summary>The longest text in tokens, special tokens included. <value>The default is 77; SigLIP's is 64.</value></summary>
    public int ContextLength { get; init; } = ClipTokenizer.ContextLength;

    /// <summary>Width of the hidden states, and of the feature. <value>The default is 512.</value></summary>
    public int Width { get; init; } = 512;

    /// <summary>Transformer layers. <value>The default is 12.</value></summary>
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads per layer; they divide the width. <value>The default is 8.</value></summary>
    public int Heads { get; init; } = 8;

    /// <summary>Width of the feed-forward layer. <value>The default is 2,048.</value></summary>
    public int IntermediateSize { get; init; } = 2048;

    /// <summary>The activation of the feed-forward layer. <value>The default is <see cref="Activation.QuickGelu"/>.</value></summary>
    public Activation Activation { get; init; } = Activation.QuickGelu;

    /// <summary>How tokens become a feature. <value>The default is <see cref="TextPooling.EndOfText"/>.</value></summary>
    public TextPooling Pooling { get; init; } = TextPooling.EndOfText;

    /// <summary>Whether a token attends only to itself and those before it. <value>The default is true; SigLIP's is false.</value></summary>
    public bool Causal { get; init; } = true;

    /// <summary>The epsilon of layer normalization. <value>The default is 1e-5; SigLIP's is 1e-6.</value></summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>This configuration, after a check that its numbers make a valid model.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or the heads do not divide the width.</exception>
    internal ClipTextConfig Checked()
    {
        Require.AtLeast(VocabularySize, 1);
        Require.AtLeast(ContextLength, 1);
        ClipLayers.Check(Width, Layers, Heads, IntermediateSize, Activation, LayerNormEpsilon);
        Require.Defined(Pooling);
        return this;
    }
}
