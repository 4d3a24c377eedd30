using Contrastive.Retrieval;
using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>
/// A generated encyclopedia with questions about it, to learn and to measure retrieval on. It has entries of twelve kinds (a bridge, a
/// painter, a soup, …), and four passages about each, which tell of different facts: for one question, one of them answers and three
/// distract. Five entries share a name. Whatever is said can be said in two ways that share no content word. So counting words finds what
/// answers a question in the passage's own words, half of the questions, and little of what answers the others. To find that as well, an
/// encoder has to learn which words mean the same. It can: development and test questions ask for facts that no training question asks
/// for, but with the same vocabulary.
/// </summary>
/// <remarks>Everything depends only on the seed and the position: the passages and questions of the first entries stay the same,
/// however many entries follow. With 400 entries about one test question in a hundred has its answer, a name or a number, in a passage
/// about something else as well; with 4,000 entries, seven.</remarks>
/// <param name="Passages">Four for each entry, 40 to 100 words each.</param>
/// <param name="Training">Ten questions for each entry: for five of its eight facts, each asked for once in the passage's words and once
/// in others.</param>
/// <param name="Development">A question for each entry, for another fact; every second one in the passage's words.</param>
/// <param name="Test">Two questions for each entry, for its last two facts; the first is in the passage's words, the second is
/// not.</param>
public sealed record Encyclopedia(
    IReadOnlyList<Passage> Passages, IReadOnlyList<EncyclopediaQuestion> Training, IReadOnlyList<EncyclopediaQuestion> Development,
    IReadOnlyList<EncyclopediaQuestion> Test)
{
    /// <summary>The most entries that descriptions tell apart.</summary>
    public const int MostEntries = 27_600;

    /// <summary>Writes an encyclopedia.</summary>
    /// <param name="entries">How many things it is about, 1 to <see cref="MostEntries"/>. 400 give 1,600 passages, 4,000 training
    /// questions, 400 for development and 800 to test on.</param>
    /// <param name="seed">Which things.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="entries"/> is out of its range.</exception>
    public static Encyclopedia Generate(int entries, long seed)
    {
        Require.Between(entries, 1, MostEntries, "descriptions tell no more apart");
        var plan = new EncyclopediaPlan(seed);
        var passages = new List<Passage>(EntryKinds.AspectsEach * entries);
        var questions = new EncyclopediaQuestions(entries);
        foreach (var (index, entry) in plan.Entries().Take(entries).Index())
        {
            var random = new SplitMix64(seed, index);
            var others = plan.Others(index);
            var drawn = new EntryPassage[EntryKinds.AspectsEach];
            for (var aspect = 0; aspect < drawn.Length; aspect++)
                drawn[aspect] = EntryPassage.Draw(entry, aspect, others, ref random);
            passages.AddRange(drawn.Select(passage => passage.Passage));
            questions.Add(index, drawn, ref random);
        }

        return new Encyclopedia(passages, questions.Training, questions.Development, questions.Test);
    }

    /// <summary>Questions and passages in the form that real sets have. The gold passage of a question has grade 1, no other is judged;
    /// a query's kind is its wording.</summary>
    /// <param name="questions">Some of the questions, such as <see cref="Test"/>; of one wording, to measure that alone.</param>
    /// <exception cref="ArgumentException">There is no question, or one occurs twice.</exception>
    public RetrievalSet ToRetrievalSet(IReadOnlyList<EncyclopediaQuestion> questions)
    {
        ArgumentNullException.ThrowIfNull(questions);
        if (questions.Count == 0)
            throw new ArgumentException("There is no question; give some of Training, Development or Test.", nameof(questions));
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(questions.Count, StringComparer.Ordinal);
        foreach (var question in questions)
        {
            if (!relevance.TryAdd(question.Id, new Dictionary<string, int>(StringComparer.Ordinal) { [question.PassageId] = 1 }))
                throw new ArgumentException($"The question '{question.Id}' occurs twice.", nameof(questions));
        }

        return new RetrievalSet
        {
            Name = "Encyclopedia",
            Passages = Passages,
            Queries = [.. questions.Select(question => new Query(question.Id, question.Text) { Answers = question.Answers, Kind = question.Wording.ToString() })],
            Relevance = relevance,
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Invariant($"Encyclopedia: {Passages.Count:N0} passages; {Training.Count:N0} questions to train, {Development.Count:N0} to develop and {Test.Count:N0} to test on");
}
