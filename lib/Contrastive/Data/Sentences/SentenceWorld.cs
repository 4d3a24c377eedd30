namespace Contrastive.Data;

/// <summary>
/// A generated world of sentences whose meaning is known. Each says who does what to whom, where and when; the same event can be said
/// in thousands of ways (synonyms, passive, order), and an event that contradicts another in nearly the same words. So counting shared
/// words tells little about similarity, and an encoder has to learn which words mean the same and which of them matter.
/// </summary>
/// <remarks>
/// Everything depends on the seed and the position only: not on how much is drawn. Take another seed for held-out examples.
/// </remarks>
public static class SentenceWorld
{
    private static readonly SentenceRelation[] Relations = Enum.GetValues<SentenceRelation>();

    /// <summary>Distinct sentences, for training without labels.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which sentences.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<string> Sentences(int count, long seed)
    {
        Check(count);
        var sentences = new List<string>(count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (long index = 0; sentences.Count < count; index++)
        {
            var random = new SplitMix64(seed, index);
            var sentence = FrameDrawing.Draw(ref random).Say(Wording.Draw(ref random));
            if (seen.Add(sentence))
                sentences.Add(sentence);
        }
        return sentences;
    }

    /// <summary>Pairs with their similarity from 0 to 5, each <see cref="SentenceRelation"/> equally often.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<SentencePair> Pairs(int count, long seed)
    {
        Check(count);
        return [.. Enumerable.Range(0, count).Select(index => Pair(seed, index))];
    }

    /// <summary>Sentences with one that they entail and one that contradicts them, for training with hard negatives.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which triplets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<SentenceTriplet> Triplets(int count, long seed)
    {
        Check(count);
        return [.. Enumerable.Range(0, count).Select(index => Triplet(seed, index))];
    }

    private static SentencePair Pair(long seed, int index)
    {
        var random = new SplitMix64(seed, index);
        var relation = Relations[index % Relations.Length];
        var frame = FrameDrawing.Draw(ref random);
        var other = relation switch
        {
            SentenceRelation.Unrelated => FrameDrawing.Unrelated(frame, ref random),
            SentenceRelation.Contradiction => FrameDrawing.Contradict(frame, ref random),
            SentenceRelation.ParticipantChanged => FrameDrawing.ChangeParticipant(frame, ref random),
            SentenceRelation.TwoDetailsChanged => FrameDrawing.ChangeDetails(frame, 2, ref random),
            SentenceRelation.DetailChanged => FrameDrawing.ChangeDetails(frame, 1, ref random),
            _ => frame,
        };
        var wording = Wording.Draw(ref random);
        var second = relation == SentenceRelation.Contradiction ? InSameWords(frame, other, wording) : other.Say(wording.Differently(ref random));
        return new SentencePair(frame.Say(wording), second, relation);
    }

    private static SentenceTriplet Triplet(long seed, int index)
    {
        var random = new SplitMix64(seed, index);
        var frame = FrameDrawing.Draw(ref random);
        var wording = Wording.Draw(ref random);
        var entailed = FrameDrawing.Entailed(frame, ref random).Say(wording.Differently(ref random));
        return new SentenceTriplet(frame.Say(wording), entailed, InSameWords(frame, FrameDrawing.Contradict(frame, ref random), wording));
    }

    // Contradictions keep their words, as people's do.
    private static string InSameWords(Frame frame, Frame other, Wording wording) =>
        other.Say(other.Agent == frame.Patient ? wording.Swapped() : wording);

    private static void Check(int count)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Expected at least one; pass a positive count.");
    }
}
