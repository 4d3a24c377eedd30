namespace Contrastive.Encoders;

/// <summary>How a sentence's embedding is computed from its tokens' hidden states.</summary>
public enum Pooling
{
    /// <summary>The first token's, that of <c>[CLS]</c>.</summary>
    Class,

    /// <summary>The first token's, through the head in training and without it otherwise: unsupervised SimCSE (Gao et al. 2021,
    /// section 3).</summary>
    ClassWithTrainingHead,

    /// <summary>The first token's, always through the head: supervised SimCSE, and BERT's own sentence feature.</summary>
    ClassWithHead,

    /// <summary>The mean over all tokens that are not padding.</summary>
    Mean,

    /// <summary>The mean over tokens of the mean of the first and the last layer's output; the embedding layer does not
    /// count.</summary>
    FirstLastMean,
}
