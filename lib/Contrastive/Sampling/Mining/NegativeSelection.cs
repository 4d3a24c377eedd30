using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Sampling;

/// <summary>Chooses a question's negatives among the passages that were found for it.</summary>
internal sealed class NegativeSelection(IReadOnlyDictionary<string, Passage> passages, MiningOptions options)
{
    private readonly Dictionary<string, AnswerText> _words = new(StringComparer.Ordinal); // by the passage's id

    private enum Verdict
    {
        Fits,
        Positive,
        SameText,
        HoldsAnAnswer,
        OutOfBounds,
        TooNear,
        Repeated,
    }

    public MinedQuestion Of(MiningQuestion question, IReadOnlyList<RankedItem> found, int place)
    {
        var positives = question.PositiveIds.ToHashSet(StringComparer.Ordinal);
        int? best = Enumerable.Range(0, found.Count).Where(rank => positives.Contains(found[rank].Id)).Select(rank => (int?)rank).FirstOrDefault();
        double? positiveScore = best is { } at ? found[at].Score : null;
        var rules = new QuestionRules(
            positives, positives.Select(id => passages[id].Contents).ToHashSet(StringComparer.Ordinal), new AnswerMatcher(question.Answers),
            question.Answers.Count > 0, Highest(positiveScore));
        var fitting = new List<RankedItem>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var counts = new int[Enum.GetValues<Verdict>().Length];
        for (var rank = options.FirstRank - 1; rank < found.Count; rank++)
        {
            var verdict = Judge(found[rank], rules, texts, place);
            counts[(int)verdict]++;
            if (verdict == Verdict.Fits)
                fitting.Add(found[rank]);
        }

        return new MinedQuestion(Choose(fitting, question.Text), best + 1, positiveScore, new CandidateCounts(
            counts.Sum(), counts[(int)Verdict.Positive], counts[(int)Verdict.SameText], counts[(int)Verdict.HoldsAnAnswer], counts[(int)Verdict.OutOfBounds],
            counts[(int)Verdict.TooNear], counts[(int)Verdict.Repeated], counts[(int)Verdict.Fits]));
    }

    private Verdict Judge(RankedItem item, QuestionRules rules, HashSet<string> texts, int place)
    {
        var passage = MiningInput.Find(passages, item.Id, place);
        if (rules.Positives.Contains(item.Id))
            return Verdict.Positive;
        var contents = passage.Contents;
        if (rules.PositiveContents.Contains(contents))
            return Verdict.SameText;
        if (rules.HasAnswers && rules.Answers.OccursIn(Words(item.Id, passage)))
            return Verdict.HoldsAnAnswer;
        if (item.Score < options.MinimumScore || item.Score > options.MaximumScore)
            return Verdict.OutOfBounds;
        if (item.Score > rules.Highest)
            return Verdict.TooNear;
        return texts.Add(contents) ? Verdict.Fits : Verdict.Repeated;
    }

    private AnswerText Words(string id, Passage passage)
    {
        if (!_words.TryGetValue(id, out var words))
            _words[id] = words = new AnswerText(passage.Text);
        return words;
    }

    /// <summary>The highest score that the positive's allows.</summary>
    private double Highest(double? positive) =>
        !options.HasMargin ? double.PositiveInfinity
            : positive is not { } score ? double.NegativeInfinity
            : score - (options.Margin ?? 0) - ((options.RelativeMargin ?? 0) * Math.Abs(score));

    private RankedItem[] Choose(List<RankedItem> fitting, string question)
    {
        if (options.Choice == NegativeChoice.Hardest || fitting.Count <= options.Count)
            return [.. fitting.Take(options.Count)];
        var random = new SplitMix64(options.Seed, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(question))));
        int[] places = [.. Enumerable.Range(0, fitting.Count)];
        for (var draw = 0; draw < options.Count; draw++)
        {
            var other = draw + random.Below(places.Length - draw);
            (places[draw], places[other]) = (places[other], places[draw]);
        }

        return [.. places.Take(options.Count).Order().Select(place => fitting[place])];
    }

    private sealed record QuestionRules(HashSet<string> Positives, HashSet<string> PositiveContents, AnswerMatcher Answers, bool HasAnswers, double Highest);
}
