namespace Contrastive.Sampling;

/// <summary>How much a pair that occurs together c(i, j) times counts; c(i) is the sum of c(i, ·) and C the sum of all c(i).</summary>
public enum PairWeight
{
    /// <summary>c(i, j): how often. Popular items pair with everything and dominate.</summary>
    Count,

    /// <summary>c(i, j) / √(c(i) c(j)): popular items weigh less.</summary>
    Cosine,

    /// <summary>max(0, ln(c(i, j) C / (c(i) c(j)))), positive pointwise mutual information (Church and Hanks 1990; Levy and Goldberg 2014):
    /// how much more often than by chance. Pairs that chance explains get no weight; rare ones get much: ask for a minimum count.</summary>
    PositivePmi,
}
