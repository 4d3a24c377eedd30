using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>What a generated encyclopedia knows about one thing.</summary>
/// <param name="Root">Its own word, which it shares with its namesakes: the bridge, the castle and the painter of one name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="HasSecondNoun">By which of its kind's nouns it goes.</param>
/// <param name="FirstName">A person's first name, else empty.</param>
/// <param name="Pronoun">What stands for it.</param>
/// <param name="Description">What fits no other entry of its kind.</param>
/// <param name="Answers">For each aspect the answers to its two relations, all distinct.</param>
/// <param name="Namesake">What another entry with the same word is called.</param>
internal sealed record Entry(
    string Root, EntryKind Kind, bool HasSecondNoun, string FirstName, Pronoun Pronoun, Description Description, IReadOnlyList<string> Answers, string Namesake)
{
    public string Title => Say(Kind.Title, HasSecondNoun);

    public string Name => Say(Kind.Name, HasSecondNoun);

    /// <summary>What it is called by its own noun, or by the other.</summary>
    public string Mention(bool byOtherNoun) => Say(Kind.Mention, HasSecondNoun != byOtherNoun);

    /// <summary>The description in the place of the name.</summary>
    /// <param name="words">The words of the passage, of which every one is replaced.</param>
    public string Describe(PassageWords words) =>
        $"the {Description.Quality.Say(!words.Second(PassageWords.Slot.Quality))} {Kind.Noun.Say(!HasSecondNoun)} {Region(!words.Second(PassageWords.Slot.Region))} "
        + $"{Pronoun.Relative} is {TraitLexicon.Known.Say(!words.Second(PassageWords.Slot.Known))} for {Pronoun.Possessive} {Description.Feature.Say(!words.Second(PassageWords.Slot.Feature))}";

    /// <summary>Where it is, or where it is from.</summary>
    public string Region(bool second)
    {
        var region = Description.Region.Say(second);
        return Kind.IsPlace ? region : $"from{region[region.IndexOf(' ', StringComparison.Ordinal)..]}";
    }

    public static Entry Draw(string root, EntryKind kind, EntryKind namesake, Description description, ref SplitMix64 random)
    {
        var (isMan, hasSecondNoun) = (random.Below(2) == 0, random.Below(2) == 0);
        var firstName = kind.IsPerson ? InventedNames.First(isMan, Array.IndexOf(EntryKinds.All, kind) % 2, ref random) : "";
        var answers = new List<string>(2 * EntryKinds.AspectsEach);
        foreach (var relation in kind.Aspects.SelectMany(aspect => new[] { aspect.First, aspect.Second }))
        {
            string answer;
            do
                answer = InventedNames.Answer(relation.Answer, ref random);
            while (answers.Contains(answer));
            answers.Add(answer);
        }

        var pronoun = !kind.IsPerson ? Pronoun.It : isMan ? Pronoun.He : Pronoun.She;
        return new Entry(root, kind, hasSecondNoun, firstName, pronoun, description, answers, Say(namesake.Mention, root, namesake.Noun.First, ""));
    }

    private string Say(string pattern, bool second) => Say(pattern, Root, Kind.Noun.Say(second), FirstName);

    private static string Say(string pattern, string root, string noun, string firstName) => pattern
        .Replace("{R}", root, StringComparison.Ordinal).Replace("{F}", firstName, StringComparison.Ordinal)
        .Replace("{n}", noun, StringComparison.Ordinal).Replace("{N}", SlotText.Capitalized(noun), StringComparison.Ordinal);
}
