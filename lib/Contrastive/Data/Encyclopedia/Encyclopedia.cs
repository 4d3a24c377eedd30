using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// A generated encyclopedia and questions about it, to learn and to measure retrieval on. An entry (a bridge, a painter, a soup, …) has
/// four passages, each about another aspect, so that three distract where one answers. Five entries share a name, and other entries mention
/// it. Everything can be said in two ways that share no content word. So counting words finds the answers to questions in the
/// passage's own words, half of them, and few of the others; to find those, an encoder has to learn which words mean the same.
/// It can: the words of all questions occur in the training questions, though these ask about other facts.
/// </summary>
/// <remarks>Everything depends only on the seed and the position: the passages and questions of the first entries are the same
/// however many follow.</remarks>
/// <param name="Passages">Four passages for each entry. The texts have 40 to 100 words.</param>
/// <param name="Training">Ten questions for each entry: five of its eight facts, each asked in the passage's words and in others.</param>
/// <param name="Development">One question for each entry, about a fact that no training question asks for; every second one in the
/// passage's words.</param>
/// <param name="Test">Two questions for each entry, about the remaining two facts; the first in the passage's words.</param>
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
}
