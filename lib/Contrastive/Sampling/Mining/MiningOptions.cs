using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>
/// Which candidates <see cref="HardNegativeMining"/> takes as negatives. Scores are those of the search, so bounds and margins that suit
/// cosines do not suit BM25; <see cref="RelativeMargin"/> alone suits both.
/// </summary>
public sealed record MiningOptions
{
    /// <summary>Negatives for each question; a question with fewer that fit gets fewer.</summary>
    /// <value>At least 1. The default is 1, DPR's.</value>
    public int Count { get; init => field = Require.AtLeast(value, 1, name: nameof(Count)); } = 1;

    /// <summary>The first rank considered; the positives are counted. Above 1, the very hardest are left out, which are often positives that
    /// nobody labeled.</summary>
    /// <value>1 to <see cref="LastRank"/>. The default is 1.</value>
    public int FirstRank { get; init => field = Require.AtLeast(value, 1, name: nameof(FirstRank)); } = 1;

    /// <summary>The last rank considered, and how many passages are searched for each question.</summary>
    /// <value>At least 1. The default is 100, what DPR retrieves.</value>
    public int LastRank { get; init => field = Require.AtLeast(value, 1, name: nameof(LastRank)); } = 100;

    /// <summary>The lowest score of a negative.</summary>
    /// <value>The default is null: no bound.</value>
    public double? MinimumScore { get; init => field = Checked(value, Require.Finite, nameof(MinimumScore)); }

    /// <summary>The highest score of a negative.</summary>
    /// <value>The default is null: no bound.</value>
    public double? MaximumScore { get; init => field = Checked(value, Require.Finite, nameof(MaximumScore)); }

    /// <summary>How far a negative's score s must be below that of the question's best positive: s ≤ s⁺ − margin. A question none of
    /// whose positives is found gets no negative then: all that is found scores at least as high.</summary>
    /// <value>Zero or above. The default is null: not compared with the positive.</value>
    public double? Margin { get; init => field = Checked(value, Require.NotNegative, nameof(Margin)); }

    /// <summary>The same as a share of the positive's score, s ≤ s⁺ − relativeMargin · |s⁺|, as NV-Retriever has it (Moreira et al. 2024,
    /// "TopK-PercPos", whose best share of the positive's score is 95 %) but right for negative scores also. With <see cref="Margin"/> both
    /// are subtracted.</summary>
    /// <value>Zero or above; NV-Retriever's is 0.05. The default is null: not compared with the positive.</value>
    public double? RelativeMargin { get; init => field = Checked(value, Require.NotNegative, nameof(RelativeMargin)); }

    /// <summary>Which of the candidates that fit are taken.</summary>
    /// <value>The default is <see cref="NegativeChoice.Hardest"/>.</value>
    public NegativeChoice Choice { get; init => field = Require.Defined(value, nameof(Choice)); } = NegativeChoice.Hardest;

    /// <summary>The seed of <see cref="NegativeChoice.Random"/>: another in each epoch gives other negatives.</summary>
    /// <value>The default is 0.</value>
    public long Seed { get; init; }

    /// <summary>Whether negatives are compared with the positive.</summary>
    internal bool HasMargin => Margin is not null || RelativeMargin is not null;

    /// <summary>What depends on two options.</summary>
    internal MiningOptions Checked()
    {
        Require.Between(FirstRank, 1, LastRank, "up to LastRank");
        if (MinimumScore > MaximumScore)
            throw Require.OutOfRange(nameof(MinimumScore), MinimumScore, FormattableString.Invariant($"at most MaximumScore, {MaximumScore}"));
        return this;
    }

    private static double? Checked(double? value, Func<double, string, double> check, string name) => value is { } given ? check(given, name) : null;
}

/// <summary>Which of the candidates that fit are taken as negatives.</summary>
public enum NegativeChoice
{
    /// <summary>Those of the highest scores.</summary>
    Hardest,

    /// <summary>Any, with equal chances. What is drawn for a question depends on the seed, its text and its candidates, not on the other
    /// questions.</summary>
    Random,
}
