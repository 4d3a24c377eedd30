using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Asks for the facts of entry after entry.</summary>
internal sealed class EncyclopediaQuestions(int entries)
{
    private const int FactsEach = 2 * EntryKinds.AspectsEach, TrainingFacts = 5;

    private static readonly QuestionWording[] Others = [QuestionWording.Synonyms, QuestionWording.Paraphrase, QuestionWording.Description];

    public List<EncyclopediaQuestion> Training { get; } = new(2 * TrainingFacts * entries);

    public List<EncyclopediaQuestion> Development { get; } = new(entries);

    public List<EncyclopediaQuestion> Test { get; } = new(2 * entries);

    /// <summary>Asks for the eight facts of an entry: five to train, one to develop and two to test on.</summary>
    public void Add(int entry, EntryPassage[] passages, ref SplitMix64 random)
    {
        var facts = Enumerable.Range(0, FactsEach).ToArray();
        for (var i = 0; i < facts.Length; i++)
        {
            var at = i + random.Below(facts.Length - i);
            (facts[i], facts[at]) = (facts[at], facts[i]);
        }

        for (var i = 0; i < TrainingFacts; i++)
        {
            Training.Add(Ask(passages, facts[i], QuestionWording.Same, ref random));
            Training.Add(Ask(passages, facts[i], Others[(entry + i) % Others.Length], ref random));
        }

        Development.Add(Ask(passages, facts[^3], entry % 2 == 0 ? QuestionWording.Same : Others[entry / 2 % Others.Length], ref random));
        Test.Add(Ask(passages, facts[^2], QuestionWording.Same, ref random));
        Test.Add(Ask(passages, facts[^1], Others[entry % Others.Length], ref random));
    }

    private static EncyclopediaQuestion Ask(EntryPassage[] passages, int fact, QuestionWording wording, ref SplitMix64 random)
    {
        var (passage, relation) = (passages[fact / 2], passages[fact / 2].RelationAt(fact % 2));
        var (isSame, second) = (wording == QuestionWording.Same, passage.Words.SecondFor(fact % 2));
        var isParaphrase = wording == QuestionWording.Paraphrase || (wording == QuestionWording.Description && random.Below(2) == 0);
        var about = wording == QuestionWording.Description ? passage.Entry.Describe(passage.Words) : passage.Entry.Mention(byOtherNoun: !isSame);
        var text = SlotText.Fill(isParaphrase ? relation.Paraphrase : relation.Question, second == isSame, passage.Entry.Pronoun)
            .Replace("#", about, StringComparison.Ordinal);
        var gold = passage.Passage.Id;
        return new EncyclopediaQuestion(
            $"{gold}-{relation.Name.Replace(' ', '-')}-{wording.ToString().ToLowerInvariant()}", text, [passage.AnswerTo(fact % 2)], gold, wording, relation.Name,
            [.. passages.Select(other => other.Passage.Id).Where(other => other != gold)]);
    }
}
