namespace Contrastive.Evaluation;

/// <summary>What a document of relevance r adds to the discounted cumulative gain.</summary>
public enum Gain
{
    /// <summary>r itself: trec_eval's, and so BEIR's.</summary>
    Linear,

    /// <summary>2^r − 1, which gives highly relevant documents more weight (Burges et al. 2005).</summary>
    Exponential,
}
