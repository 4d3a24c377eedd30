namespace Contrastive.Sampling;

/// <summary>How often something came about in mining: a row of a table.</summary>
/// <param name="Among">What is counted: <c>questions</c>, or <c>candidates</c>, which are counted for each question anew.</param>
/// <param name="What">What came about.</param>
/// <param name="Count">How often.</param>
/// <param name="Share">The count as a share of all questions, or of all candidates, in [0, 1].</param>
public sealed record MiningCount(string Among, string What, long Count, double Share);

/// <summary>Why questions have the negatives they have.</summary>
internal static class MiningReasons
{
    private const string AreQuestions = "questions";
    private const string AreCandidates = "candidates";

    private static readonly (string Name, Func<CandidateCounts, int> Count)[] LeftOut =
    [
        ("a positive itself", counts => counts.Positives),
        ("same text as a positive", counts => counts.SameText),
        ("holds an answer", counts => counts.HoldAnAnswer),
        ("score out of bounds", counts => counts.OutOfBounds),
        ("too near the positive", counts => counts.TooNear),
        ("same text as a better candidate", counts => counts.Repeated),
    ];

    public static IReadOnlyList<MiningCount> Of(IReadOnlyList<MinedQuestion> questions, MiningOptions options)
    {
        var without = questions.Where(question => question.Negatives.Count == 0)
            .CountBy(question => Main(question, options)).OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal);
        var (all, none) = (questions.Count(question => question.Negatives.Count == options.Count), questions.Count(question => question.Negatives.Count == 0));
        var (found, chosen) = (questions.Sum(question => (long)question.Candidates.Found), questions.Sum(question => (long)question.Negatives.Count));
        List<MiningCount> rows = [];
        void Add(string among, string what, long count) =>
            rows.Add(new MiningCount(among, what, count, count == 0 ? 0 : count / (double)(among == AreQuestions ? questions.Count : found)));

        Add(AreQuestions, options.Count == 1 ? "with a negative" : FormattableString.Invariant($"with all {options.Count:N0} negatives"), all);
        if (options.Count > 1)
            Add(AreQuestions, "with fewer", questions.Count - all - none);
        Add(AreQuestions, "with none", none);
        foreach (var (reason, count) in without)
            Add(AreQuestions, $"with none, mainly: {reason}", count);
        Add(AreCandidates, "chosen", chosen);
        Add(AreCandidates, "fit, not needed", questions.Sum(question => (long)question.Candidates.Fit) - chosen);
        foreach (var (name, count) in LeftOut)
            Add(AreCandidates, $"left out: {name}", questions.Sum(question => (long)count(question.Candidates)));
        return rows;
    }

    /// <summary>What a question without negatives lacks most. Of reasons that are equally frequent the last one checked.</summary>
    private static string Main(MinedQuestion question, MiningOptions options)
    {
        if (question.Candidates.Found == 0)
            return "nothing found at these ranks";
        if (options.HasMargin && question.PositiveRank is null)
            return "no positive found";
        return LeftOut.Reverse().MaxBy(reason => reason.Count(question.Candidates)).Name;
    }
}
