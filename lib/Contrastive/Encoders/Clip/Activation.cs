namespace Contrastive.Encoders;

/// <summary>The activation of a transformer's feed-forward layers.</summary>
public enum Activation
{
    /// <summary>x·σ(1.702 x), of OpenAI's CLIP models (Hendrycks and Gimpel 2016, section 2, the approximation by a sigmoid).</summary>
    QuickGelu,

    /// <summary>x·Φ(x), the exact GELU (Hendrycks and Gimpel 2016), of open_clip's models from LAION's data.</summary>
    Gelu,

    /// <summary>0.5·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), of SigLIP's models.</summary>
    GeluTanh,
}
