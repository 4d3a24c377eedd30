namespace Contrastive.Encoders;

/// <summary>How a sentence's embedding is made of its tokens' hidden states.</summary>
public enum Pooling
{
    /// <summary>The first token's, <c>[CLS]</c>.</summary>
    Class,

    /// <summary>The first token's, behind the head while training and without it otherwise: unsupervised SimCSE (Gao et al. 2021, section 3).</summary>
    ClassWithTrainingHead,

    /// <summary>The first token's, always behind the head: supervised SimCSE, and BERT's own sentence feature.</summary>
    ClassWithHead,

    /// <summary>The mean over all tokens that are not padding.</summary>
    Mean,

    /// <summary>The mean over tokens of the mean of the first and the last layer's output; the embeddings below the first layer do not count.</summary>
    FirstLastMean,
}
