using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Sampling;

/// <summary>What <see cref="HardNegativeMining"/> found, and tables of it.
/// <code>Table.Of(mined.Scores(), "Scores")
/// Table.Of(mined.Reasons(), "Why there are not more")</code></summary>
public sealed class MinedNegatives
{
    private readonly MiningOptions _options;

    internal MinedNegatives(IReadOnlyList<MinedQuestion> questions, MiningOptions options) => (Questions, _options) = (questions, options);

    /// <summary>What was mined for each question, in their order.</summary>
    public IReadOnlyList<MinedQuestion> Questions { get; }

    /// <summary>How many negatives there are in all.</summary>
    public int Count => Questions.Sum(question => question.Negatives.Count);

    /// <summary>How many questions got as many negatives as asked for.</summary>
    public int QuestionsWithAll => Questions.Count(question => question.Negatives.Count == _options.Count);

    /// <summary>How many questions got fewer, but at least one.</summary>
    public int QuestionsWithFewer => Questions.Count - QuestionsWithAll - QuestionsWithNone;

    /// <summary>How many questions got none.</summary>
    public int QuestionsWithNone => Questions.Count(question => question.Negatives.Count == 0);

    /// <summary>How the scores are distributed: of each question's best positive, of all negatives, and the difference from the positive to
    /// each negative of the same question. Positives that were not found are in none of them.</summary>
    public IReadOnlyList<ScoreDistribution> Scores() =>
    [
        ScoreDistribution.Of("positives", Questions.Select(question => question.PositiveScore).OfType<double>()),
        ScoreDistribution.Of("negatives", Questions.SelectMany(question => question.Negatives, (_, negative) => (double)negative.Score)),
        ScoreDistribution.Of("positive − negative", Questions.Where(question => question.PositiveScore is not null)
            .SelectMany(question => question.Negatives, (question, negative) => question.PositiveScore!.Value - negative.Score)),
    ];

    /// <summary>How many questions got all their negatives, some or none, and the main reason why none; and what became of the candidates.</summary>
    public IReadOnlyList<MiningCount> Reasons() => MiningReasons.Of(Questions, _options);

    /// <summary>Such as <c>1,880 negatives for 1,000 questions: 920 with all 2, 40 with fewer, 40 with none. Median score 0.71 of 980
    /// positives found, 0.55 of the negatives.</c></summary>
    public override string ToString()
    {
        var (positives, negatives) = (Scores()[0], Scores()[1]);
        var all = _options.Count == 1 ? "with one" : Invariant($"with all {_options.Count:N0}");
        var fewer = _options.Count == 1 ? "" : Invariant($" {QuestionsWithFewer:N0} with fewer,");
        return Invariant($"{Counted.Of(Count, "negative")} for {Counted.Of(Questions.Count, "question")}: {QuestionsWithAll:N0} {all},{fewer} {QuestionsWithNone:N0} with none. ")
            + $"Median score {Median(positives)} of {Counted.Of(positives.Count, "positive")} found, {Median(negatives)} of the negatives.";
    }

    private static string Median(ScoreDistribution scores) => scores.Median is { } median ? median.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) : "–";
}

/// <summary>How scores are distributed: a row of a table. All but the count are null where there are none.</summary>
/// <param name="Score">What is scored.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P5">5 % are below it; interpolated linearly, as all of these.</param>
/// <param name="P25">25 % are below it.</param>
/// <param name="Median">Half are below it.</param>
/// <param name="P75">75 % are below it.</param>
/// <param name="P95">95 % are below it.</param>
public sealed record ScoreDistribution(string Score, int Count, double? Mean, double? P5, double? P25, double? Median, double? P75, double? P95)
{
    internal static ScoreDistribution Of(string name, IEnumerable<double> scores)
    {
        double[] sorted = [.. scores.Order()];
        double? At(double share) => sorted.Length == 0 ? null : Quantile.Of(sorted, share);
        return new ScoreDistribution(name, sorted.Length, sorted.Length == 0 ? null : sorted.Average(), At(0.05), At(0.25), At(0.5), At(0.75), At(0.95));
    }
}
