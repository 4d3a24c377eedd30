using Contrastive.Retrieval;
using static System.FormattableString;

namespace Contrastive.Sampling;

/// <summary>What mining asks of its questions and of a search's results.</summary>
internal static class MiningInput
{
    public static void Check(IReadOnlyList<MiningQuestion> questions, IReadOnlyDictionary<string, Passage> passages)
    {
        for (var place = 0; place < questions.Count; place++)
        {
            if (Wrong(questions[place], passages) is { } wrong)
                throw new ArgumentException(Invariant($"questions[{place}]{wrong}"), nameof(questions));
        }
    }

    public static IReadOnlyList<IReadOnlyList<RankedItem>> Search(IRetriever retriever, IReadOnlyList<MiningQuestion> questions, int topK)
    {
        var results = retriever.Search([.. questions.Select(question => question.Text)], topK);
        if (results is null || results.Count != questions.Count)
        {
            var given = results is null ? "null" : Invariant($"{results.Count} lists");
            throw new ArgumentException(Invariant($"The retriever gave {given}; expected {questions.Count}, one for each question."), nameof(retriever));
        }

        for (var place = 0; place < results.Count; place++)
        {
            if (Wrong(results[place], topK) is { } wrong)
                throw new ArgumentException(Invariant($"Question {place}: {wrong}"), nameof(retriever));
        }

        return results;
    }

    public static Passage Find(IReadOnlyDictionary<string, Passage> passages, string? id, int place) =>
        id is not null && passages.GetValueOrDefault(id) is { } passage ? passage
            : throw new ArgumentException(Invariant($"Question {place}: there is no passage '{id ?? "null"}', which was found."), nameof(passages));

    private static string? Wrong(MiningQuestion question, IReadOnlyDictionary<string, Passage> passages)
    {
        if (question is null)
            return " is null; expected a question.";
        if (question.Text is null)
            return ".Text is null; expected a text.";
        if (question.PositiveIds is null || question.PositiveIds.Contains(null!))
            return $".PositiveIds {Null(question.PositiveIds)}; expected ids.";
        if (question.Answers is null || question.Answers.Contains(null!))
            return $".Answers {Null(question.Answers)}; expected texts.";
        if (question.PositiveIds.Count == 0 && question.Answers.Count == 0)
            return " has neither positives nor answers; give one of them, or nothing tells its negatives from what is right.";
        return question.PositiveIds.FirstOrDefault(id => passages.GetValueOrDefault(id) is null) is { } missing
            ? $" has the positive '{missing}', which is not among the passages; add the passage, or leave out the id."
            : null;
    }

    private static string? Wrong(IReadOnlyList<RankedItem> items, int topK)
    {
        if (items is null)
            return "the retriever gave null; expected a list, which may be empty.";
        if (items.Count > topK)
            return Invariant($"the retriever gave {items.Count} passages; expected at most {topK}, as asked for.");
        for (var rank = 0; rank < items.Count; rank++)
        {
            var (id, score) = items[rank];
            if (!float.IsFinite(score))
                return Invariant($"'{id}' has the score {score}; expected a finite number.");
            if (rank > 0 && score > items[rank - 1].Score)
                return Invariant($"'{id}' with score {score} comes after {items[rank - 1].Score}; expected the best first.");
        }

        return null;
    }

    private static string Null(object? list) => list is null ? "is null" : "holds null";
}
