using System.Text;
using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>A passage about one aspect of an entry.</summary>
internal sealed record EntryPassage(Entry Entry, int AspectIndex, PassageWords Words, Passage Passage)
{
    public Relation RelationAt(int relation) => relation == 0 ? Aspect.First : Aspect.Second;

    public string AnswerTo(int relation) => Entry.Answers[2 * AspectIndex + relation];

    private Aspect Aspect => Entry.Kind.Aspects[AspectIndex];

    /// <param name="entry">What the passage is about.</param>
    /// <param name="aspect">Which of its aspects.</param>
    /// <param name="others">Other entries' own words, for the asides.</param>
    /// <param name="random">The choice of words and sentences.</param>
    public static EntryPassage Draw(Entry entry, int aspect, IReadOnlyList<string> others, ref SplitMix64 random)
    {
        var words = PassageWords.Draw(ref random);
        var passage = new EntryPassage(entry, aspect, words, new Passage($"{Slug(entry.Title)}-{aspect + 1}", entry.Title, ""));
        var first = random.Below(2);
        var (opening, otherOpening) = Openings(others, ref random);
        List<string> sentences =
        [
            passage.Introduction(random.Below(3)), passage.Aspect.Lead,
            opening + passage.Statement(first), otherOpening + passage.Statement(1 - first),
        ];
        var used = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            sentences.Insert(1 + random.Below(sentences.Count), passage.Aside(used, others, ref random));
        var text = string.Join(' ', sentences.Select(sentence => SlotText.Capitalized(sentence) + "."));
        return passage with { Passage = passage.Passage with { Text = text } };
    }

    private string Introduction(int order)
    {
        var quality = SlotText.WithArticle(Entry.Description.Quality.Say(Words.Second(PassageWords.Slot.Quality)));
        var what = $"{quality} {Entry.Kind.Noun.Say(Entry.HasSecondNoun)} {Entry.Region(Words.Second(PassageWords.Slot.Region))}";
        var known = $"{TraitLexicon.Known.Say(Words.Second(PassageWords.Slot.Known))} for {Entry.Pronoun.Possessive} {Entry.Description.Feature.Say(Words.Second(PassageWords.Slot.Feature))}";
        return order switch
        {
            0 => $"{Entry.Name} is {what}, {known}",
            1 => $"{known}, {Entry.Name} is {what}",
            _ => $"{Entry.Name} is {what} and is {known}",
        };
    }

    private string Statement(int relation) =>
        SlotText.Fill(RelationAt(relation).Statement, Words.SecondFor(relation), Entry.Pronoun).Replace("@", AnswerTo(relation), StringComparison.Ordinal);

    /// <summary>What two statements begin with: not the same, unless it is nothing.</summary>
    private static (string First, string Second) Openings(IReadOnlyList<string> others, ref SplitMix64 random)
    {
        var place = random.Below(Asides.Openings.Length);
        var otherPlace = (place + 1 + random.Below(Asides.Openings.Length - 1)) % Asides.Openings.Length;
        string At(int opening, string other) => Asides.Openings[opening].Replace("%", other, StringComparison.Ordinal);
        return (At(place, others[random.Below(others.Count)]), At(otherPlace, others[random.Below(others.Count)]));
    }

    private string Aside(HashSet<string> used, IReadOnlyList<string> others, ref SplitMix64 random)
    {
        for (; ; )
        {
            var isOfNamesake = random.Below(5) == 0;
            var from = isOfNamesake ? Asides.OfNamesakes : Asides.OfAll;
            var aside = from[random.Below(from.Length)];
            if (used.Add(isOfNamesake ? "" : aside))
                return SlotText.Fill(aside, false, Entry.Pronoun)
                    .Replace("#", Entry.Mention(byOtherNoun: false), StringComparison.Ordinal).Replace("%", isOfNamesake ? Entry.Namesake : others[random.Below(others.Count)], StringComparison.Ordinal);
        }
    }

    private static string Slug(string title)
    {
        var slug = new StringBuilder(title.Length);
        foreach (var letter in title)
        {
            if (letter is not ('(' or ')'))
                slug.Append(letter == ' ' ? '-' : char.ToLowerInvariant(letter));
        }

        return slug.ToString();
    }
}
