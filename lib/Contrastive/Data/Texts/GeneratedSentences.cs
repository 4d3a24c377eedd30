using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>The generated texts of <see cref="TextData"/>: separate draws for training, development and test.</summary>
internal static class GeneratedSentences
{
    private const int TransferTrain = 1000, TransferTest = 500;

    public static TextSet Load(int sentences, int triplets, int pairs, long seed)
    {
        long Part(int part) => (long)new SplitMix64(seed, part).Next();
        // A sentence that happens to be drawn again is left out the second time.
        var held = new HashSet<string>(StringComparer.Ordinal);
        bool IsNew(params string[] texts) => !Array.Exists(texts, held.Contains);
        IReadOnlyList<SentencePair> test = [.. SentenceWorld.AllPairs(Part(1)).Take(pairs)];
        held.UnionWith(test.SelectMany(pair => new[] { pair.First, pair.Second }));
        IReadOnlyList<SentencePair> development = [.. SentenceWorld.AllPairs(Part(2)).Where(pair => IsNew(pair.First, pair.Second)).Take(pairs)];
        held.UnionWith(development.SelectMany(pair => new[] { pair.First, pair.Second }));
        var transfer = SentenceWorld.Transfer(TransferTrain, TransferTest, Part(3));
        held.UnionWith(transfer.SelectMany(task => task.Test).Select(example => example.First));
        return new TextSet
        {
            Name = "Sentence world",
            Sentences = [.. SentenceWorld.AllSentences(seed).Where(sentence => IsNew(sentence)).Take(sentences)],
            Triplets = [.. SentenceWorld.AllTriplets(Part(4)).Where(triplet => IsNew(triplet.Anchor, triplet.Positive, triplet.HardNegative)).Take(triplets)],
            Development = [.. development.Select(pair => pair.ToScored())],
            Test = [.. test.Select(pair => pair.ToScored())],
            Tasks =
            [
                Task("Other words", test, SentenceRelation.Unrelated, SentenceRelation.Paraphrase),
                Task("Contradictions", test, SentenceRelation.Contradiction, SentenceRelation.Paraphrase),
                Task("Details", test, SentenceRelation.ParticipantChanged, SentenceRelation.TwoDetailsChanged, SentenceRelation.DetailChanged, SentenceRelation.Paraphrase),
            ],
            Transfer = transfer,
        };
    }

    private static SimilarityTask Task(string name, IReadOnlyList<SentencePair> pairs, params SentenceRelation[] relations) =>
        new(name, [.. pairs.Where(pair => relations.Contains(pair.Relation)).Select(pair => pair.ToScored())]);
}
