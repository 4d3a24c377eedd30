using Contrastive.Data;
using Contrastive.Evaluation;
using Xunit;

namespace Contrastive.Tests.Data.Sentences;

public sealed class SentenceWorldTests
{
    private static readonly IReadOnlyList<SentencePair> Pairs = SentenceWorld.Pairs(3000, seed: 1);

    [Fact]
    public void Sentences_are_distinct_and_depend_on_the_seed_alone()
    {
        var sentences = SentenceWorld.Sentences(20_000, seed: 1);
        Assert.Equal(20_000, sentences.Distinct().Count());
        Assert.Equal(sentences.Take(100), SentenceWorld.Sentences(100, seed: 1));
        Assert.True(sentences.Intersect(SentenceWorld.Sentences(20_000, seed: 2)).Count() < 20);
        Assert.InRange(sentences.SelectMany(Words).Distinct().Count(), 300, 800);
        Assert.InRange(sentences.Average(sentence => Words(sentence).Length), 9, 16);
    }

    [Fact]
    public void Every_sentence_is_written_as_one()
    {
        foreach (var sentence in SentenceWorld.Sentences(5000, seed: 3))
        {
            Assert.Matches(@"^[A-Z][a-z', ]+[a-z]\.$", sentence);
            Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\ba [aeiou]|\ban [^aeiou]", sentence);
        }
    }

    [Fact]
    public void Pairs_have_every_score_equally_often()
    {
        Assert.Equal([0, 1, 2, 3, 4, 5], Pairs.Select(pair => (int)pair.Score).Distinct().Order());
        Assert.All(Pairs.GroupBy(pair => pair.Relation), group => Assert.Equal(500, group.Count()));
        Assert.Equal(Pairs.Take(60), SentenceWorld.Pairs(60, seed: 1));
        Assert.All(Pairs, pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public void Contradictions_share_nearly_all_words_and_paraphrases_few()
    {
        double Overlap(SentenceRelation relation) => Pairs.Where(pair => pair.Relation == relation).Average(pair => Shared(pair.First, pair.Second));
        Assert.InRange(Overlap(SentenceRelation.Contradiction), 0.8, 1);
        Assert.InRange(Overlap(SentenceRelation.Paraphrase), 0, 0.5);
        Assert.Contains(Pairs, pair => pair.Relation == SentenceRelation.Contradiction && Words(pair.First).Order().SequenceEqual(Words(pair.Second).Order()));
    }

    [Fact]
    public void Counting_words_fails()
    {
        var scores = Pairs.Select(pair => pair.Score).ToArray();
        Assert.InRange(Correlation.Spearman(scores, WordCosines(_ => 1)), -1, 0.4);
        var documents = Pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Select(sentence => Words(sentence).ToHashSet()).ToList();
        var frequency = documents.SelectMany(words => words).GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());
        var tfidf = Correlation.Spearman(scores, WordCosines(word => Math.Log(documents.Count / (double)frequency[word])));
        Assert.InRange(tfidf, -1, 0.4);
    }

    [Fact]
    public void Counting_concepts_does_better_so_there_is_something_to_learn()
    {
        // The two words of a concept counted as one: what an encoder that knows the synonyms sees, without order or negation.
        var concept = new Dictionary<string, string>(StringComparer.Ordinal);
        var terms = WorldLexicon.People.Concat(WorldLexicon.Animals).Concat(WorldLexicon.Objects).Concat(WorldLexicon.Foods).Concat(WorldLexicon.Writings)
            .SelectMany(noun => new[] { noun.Singular, noun.Plural }.Select(term => (term.First, term.Second, noun.Singular.First)))
            .Concat(WorldLexicon.Places.Concat(WorldLexicon.Characters).Concat(WorldLexicon.Qualities).Concat(WorldLexicon.Counts)
                .Concat(WorldLexicon.Moments.Select(moment => moment.Words)).Select(term => (term.First, term.Second, term.First)));
        foreach (var (first, second, name) in terms)
        {
            concept[first] = name.Replace(' ', '_');
            concept[second] = name.Replace(' ', '_');
        }
        string Conceive(string sentence) => concept.Keys.OrderByDescending(key => key.Length)
            .Aggregate($" {sentence.ToLowerInvariant().Replace(",", " ", StringComparison.Ordinal).TrimEnd('.')} ", (text, key) => text.Replace($" {key} ", $" {concept[key]} ", StringComparison.Ordinal));
        var pairs = Pairs.Take(600).ToList();
        var conceived = pairs.Select(pair => Cosine(Words(Conceive(pair.First)), Words(Conceive(pair.Second)), _ => 1)).ToArray();
        var plain = pairs.Select(pair => Cosine(Words(pair.First), Words(pair.Second), _ => 1)).ToArray();
        var scores = pairs.Select(pair => pair.Score).ToArray();
        Assert.True(Correlation.Spearman(scores, conceived) > Correlation.Spearman(scores, plain) + 0.1, $"{Correlation.Spearman(scores, conceived)} and {Correlation.Spearman(scores, plain)}");
    }

    [Fact]
    public void Triplets_entail_their_positive_and_contradict_in_the_same_words()
    {
        var triplets = SentenceWorld.Triplets(2000, seed: 4);
        Assert.All(triplets, triplet => Assert.Equal(3, new[] { triplet.Anchor, triplet.Positive, triplet.HardNegative }.Distinct().Count()));
        Assert.True(triplets.Average(triplet => Shared(triplet.Anchor, triplet.HardNegative)) > 0.75);
        Assert.True(triplets.Average(triplet => Shared(triplet.Anchor, triplet.Positive)) < 0.5);
        Assert.Equal(triplets.Take(10), SentenceWorld.Triplets(10, seed: 4));
    }

    [Fact]
    public void Says_the_same_event_in_many_ways()
    {
        var action = WorldLexicon.Actions[0];
        var frame = new Frame(
            new Participant(WorldLexicon.People[0], WorldLexicon.Characters[0], null), action, false, new Participant(WorldLexicon.Animals[0], null, WorldLexicon.Counts[0]),
            WorldLexicon.Places[0], WorldLexicon.Moments[0], false);
        var plain = new Wording { IsDefinite = true };
        Assert.Equal("The old doctor helped two dogs in the forest yesterday.", frame.Say(plain));
        Assert.Equal("Yesterday, two dogs were helped by an old doctor in the forest.", frame.Say(new Wording { IsPassive = true, Order = 2 }));
        Assert.Equal("In the woods, the elderly physician assisted a pair of hounds one day ago.", frame.Say(plain with { SecondWords = 511, Order = 3 }));
        Assert.Equal("The old doctor didn't help two dogs in the forest yesterday.", (frame with { IsNegated = true }).Say(plain with { Contracts = true }));
        Assert.Equal("The old doctor ignored two dogs in the forest yesterday.", (frame with { IsOpposite = true }).Say(plain));
        Assert.Equal("Two dogs helped the old doctor in the forest yesterday.", (frame with { Agent = frame.Patient, Patient = frame.Agent }).Say(plain));
        var now = frame with { Moment = WorldLexicon.Moments[6] };
        Assert.Equal("The old doctor is helping two dogs in the forest now.", now.Say(plain));
        Assert.Equal("Two dogs aren't being helped by the old doctor now in the forest.", (now with { IsNegated = true }).Say(plain with { IsPassive = true, Contracts = true, Order = 1 }));
        var later = frame with { Moment = WorldLexicon.Moments[8], Place = null };
        Assert.Equal("The old doctor won't help two dogs tomorrow.", (later with { IsNegated = true }).Say(plain with { Contracts = true }));
        Assert.Equal("Two dogs will be helped by the old doctor.", (later with { SaysWhen = false }).Say(plain with { IsPassive = true }));
    }

    [Fact]
    public void Refuses_to_draw_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Sentences(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Pairs(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Triplets(-1, 1));
    }

    private static double[] WordCosines(Func<string, double> weight) => [.. Pairs.Select(pair => Cosine(Words(pair.First), Words(pair.Second), weight))];

    private static double Cosine(string[] first, string[] second, Func<string, double> weight)
    {
        var (a, b) = (Counts(first), Counts(second));
        var product = a.Sum(entry => entry.Value * b.GetValueOrDefault(entry.Key) * Math.Pow(weight(entry.Key), 2));
        return product / Math.Sqrt(a.Sum(entry => Math.Pow(entry.Value * weight(entry.Key), 2)) * b.Sum(entry => Math.Pow(entry.Value * weight(entry.Key), 2)));
    }

    private static Dictionary<string, int> Counts(string[] words) => words.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count());

    // Jaccard's similarity of the two sets of words.
    private static double Shared(string first, string second) => Words(first).Intersect(Words(second)).Count() / (double)Words(first).Union(Words(second)).Count();

    private static string[] Words(string sentence) => sentence.ToLowerInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
}
