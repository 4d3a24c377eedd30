using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Top-k accuracy as DPR reports it (Karpukhin et al. 2020, section 5.1): the share of questions for which any of the first k passages is a
/// hit. What a hit is, is asked of a function: the passage holds an answer, or it is a gold passage. It is asked once for all k, and for each
/// question only up to the first hit.
/// <code>TopKAccuracy.OfAnswers(results, answers, passages).At(1, 5, 20, 100)</code>
/// </summary>
public sealed class TopKAccuracy
{
    private TopKAccuracy(IReadOnlyList<int?> ranks) => Ranks = ranks;

    /// <summary>For each question the rank of its first hit, from 1, or null if no passage is one.</summary>
    public IReadOnlyList<int?> Ranks { get; }

    /// <summary>Looks for the first hit of each question.</summary>
    /// <param name="results">For each question its passages, best first, as <see cref="IRetriever.Search"/> gives them; the order of equal
    /// scores stays. A question may have none.</param>
    /// <param name="isHit">Whether the passage of this id is a hit for the question of this index.</param>
    /// <exception cref="ArgumentException">There is no question, a score rises or is NaN, or an id is missing or occurs twice; the message
    /// names the question.</exception>
    public static TopKAccuracy Of(IReadOnlyList<IReadOnlyList<RankedItem>> results, Func<int, string, bool> isHit)
    {
        ArgumentNullException.ThrowIfNull(isHit);
        var all = Check(results);
        return new TopKAccuracy([.. all.Select((passages, question) => First(passages, id => isHit(question, id)))]);
    }

    /// <summary>Looks for the first gold passage of each question.</summary>
    /// <param name="results">For each question its passages, best first; a question may have none.</param>
    /// <param name="gold">For each question the ids of the passages that are right. A question without any is never answered.</param>
    /// <exception cref="ArgumentException">As in <see cref="Of"/>, or there are not as many questions with gold passages as with results.</exception>
    public static TopKAccuracy OfGold(IReadOnlyList<IReadOnlyList<RankedItem>> results, IReadOnlyList<IReadOnlyCollection<string>> gold)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(gold);
        if (gold.Count != results.Count)
            throw new ArgumentException($"There are gold passages for {Counted.Of(gold.Count, "question")} and results for {results.Count}; expected as many.", nameof(gold));
        var right = gold.Select((ids, question) => Texts(ids, question, "gold passages", nameof(gold)).ToHashSet(StringComparer.Ordinal)).ToArray();
        return Of(results, (question, id) => right[question].Contains(id));
    }

    /// <summary>Looks for the first passage of each question that holds one of its answers, as <see cref="AnswerMatcher"/> decides it. As in
    /// DPR, the text of a passage counts and its title does not.</summary>
    /// <param name="results">For each question its passages, best first; a question may have none.</param>
    /// <param name="answers">For each question the answers, any of which counts.</param>
    /// <param name="passages">The passages by their ids, at least those that were found.</param>
    /// <exception cref="ArgumentException">As in <see cref="Of"/>, there are not as many questions with answers as with results, or a passage
    /// that was found is missing.</exception>
    public static TopKAccuracy OfAnswers(
        IReadOnlyList<IReadOnlyList<RankedItem>> results, IReadOnlyList<IReadOnlyList<string>> answers, IReadOnlyDictionary<string, Passage> passages)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(passages);
        if (answers.Count != results.Count)
            throw new ArgumentException($"There are answers for {Counted.Of(answers.Count, "question")} and results for {results.Count}; expected as many.", nameof(answers));
        var matchers = answers.Select((all, question) => new AnswerMatcher(Texts(all, question, "answers", nameof(answers)))).ToArray();
        return Of(results, (question, id) => matchers[question].OccursIn(
            passages.TryGetValue(id, out var passage) && passage is not null ? passage.Text
                : throw new ArgumentException(FormattableString.Invariant($"Question {question}: there is no passage '{id}', which was found."), nameof(passages))));
    }

    /// <summary>The share of questions with a hit among the first k, in [0, 1]. Where fewer than k passages were searched for, it is that of
    /// those.</summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public double At(int k) => ScoresAt(k).Average();

    /// <summary>The accuracy at several k, for a table.</summary>
    /// <param name="ks">Each at least 1; the field reports 1, 5, 20 and 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is below 1.</exception>
    public IReadOnlyList<AccuracyAtK> At(params IReadOnlyList<int> ks)
    {
        ArgumentNullException.ThrowIfNull(ks);
        return [.. ks.Select(k => new AccuracyAtK(k, At(k)))];
    }

    /// <summary>For each question 1 if it has a hit among the first k, else 0: what <see cref="PairedTest"/> compares.</summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public IReadOnlyList<double> ScoresAt(int k)
    {
        Require.AtLeast(k, 1);
        return [.. Ranks.Select(rank => rank <= k ? 1.0 : 0.0)];
    }

    private static RankedItem[][] Check(IReadOnlyList<IReadOnlyList<RankedItem>> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
            throw new ArgumentException("There are no questions; there is nothing to measure.", nameof(results));
        return [.. results.Select(Check)];
    }

    private static RankedItem[] Check(IReadOnlyList<RankedItem> passages, int question)
    {
        var whose = FormattableString.Invariant($"Question {question}: ");
        if (passages is null)
            throw new ArgumentException($"{whose}its results are null; expected a list, which may be empty.", nameof(passages));
        var items = RankedResults.Check(passages, whose, nameof(passages));
        foreach (var (better, worse) in items.Zip(items.Skip(1)))
        {
            if (worse.Score > better.Score)
                throw new ArgumentException(FormattableString.Invariant($"{whose}'{worse.Id}' with score {worse.Score} comes after {better.Score}; expected the best first."), nameof(passages));
        }

        return items;
    }

    /// <summary>What belongs to a question, none of it null.</summary>
    private static IReadOnlyCollection<string> Texts(IReadOnlyCollection<string> texts, int question, string kind, string name)
    {
        if (texts is null)
            throw new ArgumentException(FormattableString.Invariant($"Question {question}: its {kind} are null; expected a list, which may be empty."), name);
        return texts.Any(text => text is null)
            ? throw new ArgumentException(FormattableString.Invariant($"Question {question}: one of its {kind} is null; expected a text."), name)
            : texts;
    }

    private static int? First(RankedItem[] passages, Predicate<string> isHit) =>
        Array.FindIndex(passages, passage => isHit(passage.Id)) is var place and >= 0 ? place + 1 : null;
}

/// <summary>The top-k accuracy at one k.</summary>
/// <param name="K">How many passages count.</param>
/// <param name="Accuracy">The share of questions with a hit among them, in [0, 1].</param>
public sealed record AccuracyAtK(int K, double Accuracy);
