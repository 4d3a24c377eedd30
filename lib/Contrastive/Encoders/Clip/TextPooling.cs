namespace Contrastive.Encoders;

/// <summary>How <see cref="ClipTextEncoder"/> makes one feature of a text from its tokens.</summary>
public enum TextPooling
{
    /// <summary>The state at the end-of-text token, the last one that is not padding: CLIP (Radford et al. 2021). The last layer is computed
    /// for this token only, and padding is not computed at all.</summary>
    EndOfText,

    /// <summary>The state at the last place of the batch, then a linear head: SigLIP (Zhai et al. 2023). Its texts are padded to the whole
    /// context, and padding is a token like others.</summary>
    Last,
}
