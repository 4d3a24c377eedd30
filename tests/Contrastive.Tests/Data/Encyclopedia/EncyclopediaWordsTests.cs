using System.Collections.Concurrent;
using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class EncyclopediaWordsTests
{
    public static readonly TheoryData<long> Seeds = [1, 2, 3, 4];

    private static readonly ConcurrentDictionary<long, Encyclopedia> Worlds = [];

    /// <summary>Stems of words with no content, beside Lucene's stop words, that questions and passages share.</summary>
    private static readonly HashSet<string> Grammar =
    [
        .. Reading.Stems("who whom whose which what when where how many much from near on one have been had has did does were he him his she her its"),
    ];

    [Fact]
    public void Whatever_is_said_in_two_ways_shares_no_content_word()
    {
        var terms = AllTerms().ToArray();
        Assert.All(terms, term => Assert.Empty(Reading.Stems(term.First).Intersect(Reading.Stems(term.Second)).Except(Grammar)));
        Assert.All(AllRelations(), relation =>
        {
            string First(string text) => SlotText.Fill(text, false, Pronoun.It);
            string Second(string text) => SlotText.Fill(text, true, Pronoun.It);
            Assert.NotEmpty(Reading.Stems(First(relation.Question)).Intersect(Reading.Stems(First(relation.Statement))).Except(Grammar));
            Assert.NotEmpty(Reading.Stems(Second(relation.Question)).Intersect(Reading.Stems(Second(relation.Statement))).Except(Grammar));
            foreach (var question in new[] { relation.Question, relation.Paraphrase })
            {
                Assert.Empty(Reading.Stems(First(question)).Intersect(Reading.Stems(Second(relation.Statement))).Except(Grammar));
                Assert.Empty(Reading.Stems(Second(question)).Intersect(Reading.Stems(First(relation.Statement))).Except(Grammar));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Other_words_share_the_name_alone_with_the_passage_and_a_description_nothing(long seed)
    {
        var passages = World(seed).Passages.ToDictionary(passage => passage.Id, passage => (passage.Id, passage.Text, Stems: Reading.Stems(passage.Contents)));
        foreach (var question in Questions(World(seed)).Where(question => question.Wording != QuestionWording.Same))
        {
            var passage = passages[question.PassageId];
            var shared = Reading.Stems(question.Text).Intersect(passage.Stems).Except(Grammar).ToArray();
            if (question.Wording == QuestionWording.Description)
                Assert.True(shared.Length == 0, $"{string.Join(", ", shared)}: {question.Text} {passage.Text}");
            else
                Assert.True(shared.Length == 1 && passage.Id.Split('-').Any(word => Reading.Stems(word).Contains(shared[0])), $"{string.Join(", ", shared)}: {question.Text} {passage.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Same_words_are_the_passages(long seed)
    {
        var stems = World(seed).Passages.ToDictionary(passage => passage.Id, passage => Reading.Stems(passage.Contents));
        foreach (var question in Questions(World(seed)).Where(question => question.Wording == QuestionWording.Same))
        {
            var missing = Reading.Stems(question.Text).Except(stems[question.PassageId]).Except(Grammar).ToArray();
            // What asks, "which person", is in no passage.
            Assert.True(missing.Length <= 3, $"{string.Join(", ", missing)}: {question.Text}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_description_fits_one_entry_only(long seed)
    {
        var entries = new EncyclopediaPlan(seed).Entries().Take(Encyclopedia.MostEntries).ToArray();
        Assert.Equal(entries.Length, entries.Select(entry => (entry.Kind, entry.Description)).Distinct().Count());
        Assert.Equal(entries.Length, entries.Select(entry => entry.Title).Distinct().Count());
        Assert.All(entries.CountBy(entry => entry.Kind), count => Assert.Equal(Encyclopedia.MostEntries / EntryKinds.All.Length, count.Value));

        // And as read from the texts: what all passages of an entry say of it, in either word.
        var titles = World(seed).Passages.ToDictionary(passage => passage.Id, passage => passage.Title);
        var found = World(seed).Passages.GroupBy(passage => passage.Title).ToLookup(
            passages => Concepts(passages.First().Text.Split(". ").First(sentence => sentence.Contains(" for ", StringComparison.Ordinal))), passages => passages.Key);
        Assert.Equal(400, found.Count);
        foreach (var question in Questions(World(seed)).Where(question => question.Wording == QuestionWording.Description))
            Assert.Equal(titles[question.PassageId], Assert.Single(found[Concepts(question.Text)]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Reads_as_English(long seed)
    {
        var (passages, questions) = (World(seed).Passages, Questions(World(seed)).ToArray());
        Assert.All(passages, passage =>
        {
            Assert.Matches(@"^([A-Z][A-Za-z0-9', ]*[a-z0-9]\. )+[A-Z][A-Za-z0-9', ]*[a-z0-9]\.$", passage.Text);
            Assert.InRange(Reading.Words(passage.Text).Length, 40, 100);
            Assert.Matches(@"^[A-Z][a-z]+( [A-Z][a-z]+| \([a-z]+\))?$", passage.Title);
        });
        Assert.All(questions, question => Assert.Matches(@"^[A-Z][A-Za-z ]*[a-z]\?$", question.Text));
        Assert.All(passages.Select(passage => passage.Text).Concat(questions.Select(question => question.Text)), text =>
        {
            Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?i)\ba [aeiou]|\ban (?!honor)[^aeiou]|\bthe the\b|[{}#@~%|]", text);
        });
        Assert.InRange(passages.Select(passage => passage.Text).Concat(questions.Select(question => question.Text)).SelectMany(Reading.Words).CountBy(word => word)
            .Count(word => word.Value >= 20), 500, 1200);
    }

    private static Encyclopedia World(long seed) => Worlds.GetOrAdd(seed, seed => Encyclopedia.Generate(400, seed));

    private static IEnumerable<EncyclopediaQuestion> Questions(Encyclopedia world) => [.. world.Training, .. world.Development, .. world.Test];

    private static IEnumerable<Term> AllTerms() =>
    [
        TraitLexicon.Known, .. TraitLexicon.Regions, .. EntryKinds.All.Select(kind => kind.Noun),
        .. EntryKinds.All.Select(kind => kind.Traits).Distinct().SelectMany(traits => traits.Qualities.Concat(traits.Features)),
    ];

    private static IEnumerable<Relation> AllRelations() =>
        EntryKinds.All.SelectMany(kind => kind.Aspects).Distinct().SelectMany(aspect => new[] { aspect.First, aspect.Second });

    /// <summary>Which kind, quality, region and feature a text speaks of.</summary>
    private static string Concepts(string text)
    {
        var words = Reading.Spaced(text);
        bool Says(string phrase) => words.Contains($" {phrase} ", StringComparison.Ordinal);
        static string WithoutPreposition(string region) => region[(region.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var regions = TraitLexicon.Regions.Select(term => new Term(WithoutPreposition(term.First), WithoutPreposition(term.Second))).ToHashSet();
        var kind = EntryKinds.All.Last(kind => Says(kind.Noun.First) || Says(kind.Noun.Second));
        return string.Join(", ", new[] { kind.Noun }.Concat(regions).Concat(kind.Traits.Qualities).Concat(kind.Traits.Features)
            .Where(term => Says(term.First) || Says(term.Second)).Select(term => term.First));
    }
}
