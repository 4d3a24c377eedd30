using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// A generated world of sentences whose meaning is known. Each says who does what to whom, where and when; the same event can be said
/// in thousands of ways (synonyms, passive, order), and an event that contradicts it in nearly the same words. So counting shared words
/// tells little about similarity, and an encoder has to learn which words mean the same thing and which of them matter. It can: everyone
/// in this world has habits, so that synonyms occur in the same contexts.
/// </summary>
/// <remarks>
/// Everything depends only on the seed and the position, not on how much is drawn. Use another seed for held-out examples.
/// </remarks>
public static class SentenceWorld
{
    private static readonly SentenceRelation[] Relations = Enum.GetValues<SentenceRelation>();

    /// <summary>Pairs of words for one thing: the nouns in the singular, and the kinds of people, animals and things. A thesaurus of a part of
    /// this world's words, as <c>SynonymLexicon</c> takes it.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Synonyms { get; } =
    [
        .. WorldLexicon.AllNouns.Select(noun => noun.Singular).Concat(WorldLexicon.Characters).Concat(WorldLexicon.Qualities)
            .Select(term => (string[])[term.First, term.Second]),
    ];

    /// <summary>Distinct sentences, for training without labels.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which sentences.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<string> Sentences(int count, long seed)
    {
        Require.AtLeast(count, 1);
        return [.. AllSentences(seed).Take(count)];
    }

    /// <summary>Pairs with their similarity from 0 to 5, each <see cref="SentenceRelation"/> equally often.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<SentencePair> Pairs(int count, long seed)
    {
        Require.AtLeast(count, 1);
        return [.. AllPairs(seed).Take(count)];
    }

    /// <summary>Sentences with one that they entail and one that contradicts them, for training with hard negatives.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which triplets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<SentenceTriplet> Triplets(int count, long seed)
    {
        Require.AtLeast(count, 1);
        return [.. AllTriplets(seed).Take(count)];
    }

    /// <summary>
    /// Sentences of known classes, for linear classifiers on frozen embeddings: the tense where no word says when, whether the event is
    /// denied, which action it is (the classifier is fitted on one of the two verbs for it and tested on the other), and whether the
    /// person acts on the animal or the animal on the person, which the words alone do not tell.
    /// </summary>
    /// <param name="train">How many sentences to fit each classifier on, at least 1.</param>
    /// <param name="test">How many to test it on, at least 1; none of them is among those it is fitted on.</param>
    /// <param name="seed">Which sentences.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static IReadOnlyList<TransferTask> Transfer(int train, int test, long seed)
    {
        Require.AtLeast(train, 1);
        Require.AtLeast(test, 1);
        return FrameLabels.Tasks(train, test, seed);
    }

    internal static IEnumerable<string> AllSentences(long seed) => Positions().Select(index =>
    {
        var random = new SplitMix64(seed, index);
        return FrameDrawing.Draw(ref random).Say(Wording.Draw(ref random));
    }).Distinct();

    internal static IEnumerable<SentencePair> AllPairs(long seed) => AllFramePairs(seed).Select(pair => pair.Say());

    internal static IEnumerable<FramePair> AllFramePairs(long seed) => Positions().Select(index =>
    {
        var random = new SplitMix64(seed, index);
        return FramePair.Draw(Relations[index % Relations.Length], ref random);
    });

    internal static IEnumerable<SentenceTriplet> AllTriplets(long seed) => Positions().Select(index => Triplet(seed, index));

    private static IEnumerable<int> Positions() => Enumerable.Range(0, int.MaxValue);

    private static SentenceTriplet Triplet(long seed, int index)
    {
        var random = new SplitMix64(seed, index);
        var frame = FrameDrawing.Draw(ref random);
        var wording = Wording.Draw(ref random);
        var entailed = FrameDrawing.Entailed(frame, ref random).Say(wording.Differently(ref random));
        var opposite = FrameDrawing.Contradict(frame, ref random);
        return new SentenceTriplet(frame.Say(wording), entailed, opposite.Say(FramePair.SameWords(frame, opposite, wording)));
    }
}
