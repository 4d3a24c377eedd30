using Contrastive.Encoders;

namespace Contrastive.Tests.Encoders;

/// <summary>Models of a few thousand numbers.</summary>
internal static class TinyClip
{
    public static readonly ClipTokenizer Tokenizer = new([]);

    public static readonly ClipConfig Config = new()
    {
        ProjectionWidth = 6,
        Vision = new() { ImageSize = 8, PatchSize = 4, Width = 8, Layers = 2, Heads = 2, IntermediateSize = 12 },
        Text = new() { VocabularySize = 514, ContextLength = 30, Width = 12, Layers = 2, Heads = 3, IntermediateSize = 16 },
    };

    public static readonly ClipConfig SigLip = new()
    {
        ProjectionWidth = 8,
        Vision = Config.Vision with { Pooling = ImagePooling.Attention, Activation = Activation.GeluTanh, LayerNormEpsilon = 1e-6 },
        Text = Config.Text with { Width = 8, Heads = 2, Pooling = TextPooling.Last, Causal = false, Activation = Activation.GeluTanh, LayerNormEpsilon = 1e-6 },
        Sigmoid = true,
    };
}
