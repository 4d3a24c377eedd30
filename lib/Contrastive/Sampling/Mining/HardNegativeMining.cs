using Contrastive.Retrieval;

namespace Contrastive.Sampling;

/// <summary>
/// Hard negatives for training questions, from any search: BM25's (Karpukhin et al. 2020, "DPR", section 3.2), or the current encoder's
/// (Xiong et al. 2021, "ANCE"; mine again regularly, as the encoder moves on). A negative of a question is never one of its positives, never
/// a passage of a positive's title and text, and never one whose text holds an answer, as <see cref="AnswerMatcher"/> decides it; and no text
/// comes twice. <see cref="MiningOptions"/> says which of the others are taken.
/// <code>
/// var mined = HardNegativeMining.Mine(index, questions, passages, new MiningOptions { Count = 2, RelativeMargin = 0.05 });
/// Table.Of(mined.Reasons(), mined.ToString())
/// </code>
/// </summary>
/// <remarks><see cref="NegativeMining.Hardest"/> does the same for embeddings that are in one tensor, without texts. What is mined here once
/// can still be a positive of another question in the batch; <see cref="DuplicateMask"/> leaves that out in the loss.</remarks>
public static class HardNegativeMining
{
    /// <summary>Searches for all questions and chooses negatives for each.</summary>
    /// <param name="retriever">Searches among the passages. It is called once, with all questions.</param>
    /// <param name="questions">Any number.</param>
    /// <param name="passages">The passages by their ids, at least those that are found and the positives.</param>
    /// <param name="options">Their defaults if null.</param>
    /// <returns>What was mined, in the questions' order. That a question has fewer negatives than asked for, or none, is no error, but
    /// reported.</returns>
    /// <exception cref="ArgumentException">A question, or something in one, is null; a question has neither positives nor answers; a passage
    /// is missing; the search gives not one list for each question, more than asked for, scores that are not finite, or not the best first.
    /// The message says which.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The first rank is behind the last, or the minimum score above the maximum.</exception>
    public static MinedNegatives Mine(
        IRetriever retriever, IReadOnlyList<MiningQuestion> questions, IReadOnlyDictionary<string, Passage> passages, MiningOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(retriever);
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(passages);
        options = (options ?? new MiningOptions()).Checked();
        MiningInput.Check(questions, passages);
        if (questions.Count == 0)
            return new MinedNegatives([], options);
        var results = MiningInput.Search(retriever, questions, options.LastRank);
        var selection = new NegativeSelection(passages, options);
        return new MinedNegatives([.. questions.Select((question, place) => selection.Of(question, results[place], place))], options);
    }
}
