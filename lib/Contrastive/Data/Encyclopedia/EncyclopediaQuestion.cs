namespace Contrastive.Data;

/// <summary>A question that one passage of a generated encyclopedia answers.</summary>
/// <param name="Id">Its name, which no other question has.</param>
/// <param name="Text">What is asked.</param>
/// <param name="Answers">What counts as the answer: text that stands in the gold passage and in no other passage about the same thing.</param>
/// <param name="PassageId">The gold passage, the only one that answers it.</param>
/// <param name="Wording">How its words differ from the gold passage's.</param>
/// <param name="Relation">What is asked about: <c>architect</c>, <c>price</c>, …</param>
/// <param name="DistractorIds">The other passages about the same thing, which do not hold the answer.</param>
public sealed record EncyclopediaQuestion(
    string Id, string Text, IReadOnlyList<string> Answers, string PassageId, QuestionWording Wording, string Relation, IReadOnlyList<string> DistractorIds);

/// <summary>How the words of a question differ from those of the passage that answers it.</summary>
public enum QuestionWording
{
    /// <summary>The passage's words.</summary>
    Same,

    /// <summary>The name, but synonyms of every other word with meaning.</summary>
    Synonyms,

    /// <summary>The name, another construction, and synonyms.</summary>
    Paraphrase,

    /// <summary>Instead of the name a description that fits one thing only, in synonyms of the passage's words.</summary>
    Description,
}
