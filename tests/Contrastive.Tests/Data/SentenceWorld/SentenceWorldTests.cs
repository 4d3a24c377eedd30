using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Evaluation;
using Xunit;

namespace Contrastive.Tests.Data;

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
    public void Counting_words_fails_and_knowing_the_events_does_not()
    {
        var test = SentenceWorld.AllFramePairs(seed: 1).Take(3000).ToList();
        var scores = test.Select(pair => (double)pair.Relation).ToArray();
        double Rho(Func<FramePair, double> similarity) => Correlation.Spearman([.. test.Select(similarity)], scores);
        var sentences = SentenceWorld.Sentences(20_000, seed: 2);
        var tfidf = TfIdf.Fit(sentences);
        double OfWords(Func<string, string, double> similarity) => Rho(pair => similarity(pair.Say().First, pair.Say().Second));
        Assert.InRange(OfWords(tfidf.Similarity), -1, 0.25);
        Assert.InRange(OfWords(WordOverlap.Similarity), -1, 0.25);
        Assert.InRange(SentenceSimilarity.Spearman([.. test.Select(pair => pair.Say().ToScored())], new RandomWordVectors().Encode), -1, 0.25);
        // Knowing all synonyms, but neither roles nor negation, gets further; knowing the events gets everything.
        Assert.InRange(Rho(pair => WorldOracle.ConceptOverlap(pair.First, pair.Second)), 0.5, 0.8);
        Assert.Equal(1, Rho(pair => WorldOracle.Score(pair.First, pair.Second)), 1e-9);
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
    public void Synonyms_are_words_of_this_world_for_one_thing_each_in_one_pair()
    {
        var words = SentenceWorld.Synonyms.SelectMany(pair => pair).ToList();
        Assert.True(SentenceWorld.Synonyms.Count > 60);
        Assert.All(SentenceWorld.Synonyms, pair => Assert.Equal(2, pair.Count));
        Assert.Equal(words.Count, words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        var text = string.Join(' ', SentenceWorld.Sentences(20_000, seed: 1));
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_to_draw_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Sentences(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Pairs(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SentenceWorld.Triplets(-1, 1));
    }

    // Jaccard's similarity of the two sets of words.
    private static double Shared(string first, string second) => Words(first).Intersect(Words(second)).Count() / (double)Words(first).Union(Words(second)).Count();

    private static string[] Words(string sentence) => sentence.ToLowerInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
}
