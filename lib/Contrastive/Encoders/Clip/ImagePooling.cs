namespace Contrastive.Encoders;

/// <summary>How a vision transformer makes one feature of an image from its tokens; and with it, which family the transformer is of.</summary>
public enum ImagePooling
{
    /// <summary>A class token before the patches, whose last state is the feature: CLIP (Radford et al. 2021). The last layer is computed
    /// for this token only.</summary>
    Class,

    /// <summary>No class token; the mean of the patches' last states.</summary>
    Average,

    /// <summary>SigLIP's transformer (Zhai et al. 2023): no class token and no norm before the layers, a bias in the patch embedding, and a
    /// head in which a learned probe attends to the patches.</summary>
    Attention,
}
