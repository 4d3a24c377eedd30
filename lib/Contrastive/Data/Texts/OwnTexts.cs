namespace Contrastive.Data;

/// <summary>A file of one's own sentences or triplets as the texts of a lesson; <see cref="TextData"/> says what comes from where.</summary>
internal static class OwnTexts
{
    private const int LeastSentences = 2, LeastTriplets = 2, LeastAnchors = 4;
    private const double ScoreOfPositive = 5, ScoreOfNegative = 0;

    public static TextSet Load(string path, int? sentences, int? triplets, int? pairs, long seed) => TripletFile.Format(path) switch
    {
        ".txt" => Sentences(path, sentences, triplets, pairs, seed),
        ".csv" or ".tsv" or ".jsonl" => Triplets(path, sentences, triplets, pairs, seed),
        var other => throw new InvalidDataException(
            $"{path}: '{other}' is no format of texts; expected .txt (a sentence a line), or .csv, .tsv or .jsonl (a triplet a line), compressed with gzip or not."),
    };

    private static TextSet Sentences(string path, int? sentences, int? triplets, int? pairs, long seed)
    {
        var world = TextData.Load("sentence-world", sentences: 1, triplets, pairs, seed);
        var held = new HeldOutTexts();
        held.Add([.. world.Development, .. world.Test]);
        string[] own = [.. TextLines.Read(path).Where(line => !line.IsBlank).Select(OneSentence).Distinct().Where(text => !held.Holds(text))];
        return own.Length >= LeastSentences
            ? world with { Name = $"{Path.GetFileName(path)} (triplets and pairs: {world.Name})", Sentences = RealSentences.Part(own, sentences, seed) }
            : throw new InvalidDataException($"{path}: it holds {own.Length} different sentence(s), expected at least {LeastSentences}, one a line.");
    }

    private static string OneSentence(TextLine line) => line.Text.Contains('\t', StringComparison.Ordinal)
        ? throw line.Wrong("there is a tab in it, expected one sentence; a file of triplets ends in .tsv, .csv or .jsonl.")
        : line.Text.Trim();

    private static TextSet Triplets(string path, int? sentences, int? triplets, int? pairs, long seed)
    {
        var all = TripletFile.Read(path);
        string[] anchors = [.. all.Select(triplet => HeldOutTexts.Key(triplet.Anchor)).Distinct()];
        if (anchors.Length < LeastAnchors)
        {
            throw new InvalidDataException(
                $"{path}: its triplets begin with {anchors.Length} different sentence(s), expected at least {LeastAnchors}: two to train on, one to choose settings by, one to measure by.");
        }

        string[] order = [.. ClassBalance.Order(new int[anchors.Length], seed).Select(place => anchors[place])];
        var part = Math.Max(1, anchors.Length / 5);
        var held = new HeldOutTexts();
        var development = Pairs(all, order[..part], held);
        held.Add(development);
        var test = Pairs(all, order[part..(2 * part)], held);
        held.Add(test);
        var trained = order[(2 * part)..].ToHashSet(StringComparer.Ordinal);
        SentenceTriplet[] kept = [.. all.Where(triplet => trained.Contains(HeldOutTexts.Key(triplet.Anchor)) && !held.Holds(triplet))];
        if (kept.Length < LeastTriplets)
            throw new InvalidDataException($"{path}: {kept.Length} triplet(s) are left to train on once pairs are held out, expected at least {LeastTriplets}: its triplets repeat each other.");
        string[] texts = [.. kept.SelectMany(triplet => new[] { triplet.Anchor, triplet.Positive, triplet.HardNegative }).Distinct().Where(text => !held.Holds(text))];
        if (texts.Length < LeastSentences)
            throw new InvalidDataException($"{path}: {texts.Length} sentence(s) are left to train on once pairs are held out, expected at least {LeastSentences}: its triplets repeat each other.");
        if (test.CountBy(pair => pair.Score).Count() < 2)
            throw new InvalidDataException($"{path}: of the pairs held out for the test, those that are not in the development set have one score; expected positives and negatives: its triplets repeat each other.");
        var measured = Part(test, pairs, seed);
        return new TextSet
        {
            Name = Path.GetFileName(path),
            Sentences = RealSentences.Part(texts, sentences, seed),
            Triplets = RealSentences.Part(kept, triplets, seed),
            Development = Part(development, pairs, seed),
            Test = measured,
            Tasks = [new SimilarityTask("Held-out triplets", measured)],
            Transfer = [],
        };
    }

    /// <summary>The pairs of the triplets that begin with one of the anchors, given by their keys, each once; none that is held out
    /// already.</summary>
    private static ScoredPair[] Pairs(IReadOnlyList<SentenceTriplet> triplets, string[] anchors, HeldOutTexts held)
    {
        var belonging = anchors.ToHashSet(StringComparer.Ordinal);
        var scored = triplets.Where(triplet => belonging.Contains(HeldOutTexts.Key(triplet.Anchor))).SelectMany(triplet => new[]
        {
            new ScoredPair(triplet.Anchor, triplet.Positive, ScoreOfPositive),
            new ScoredPair(triplet.Anchor, triplet.HardNegative, ScoreOfNegative),
        });
        return [.. scored.Where(pair => !held.Holds(pair.First, pair.Second)).DistinctBy(pair => (HeldOutTexts.Keys(pair.First, pair.Second), pair.Score))];
    }

    /// <summary>A random part, in its order, with as many positives as negatives if it can be: a measure of order needs both.</summary>
    private static ScoredPair[] Part(ScoredPair[] pairs, int? count, long seed)
    {
        if (count is not { } wanted || wanted >= pairs.Length)
            return pairs;
        var chosen = ClassBalance.Choose(Array.ConvertAll(pairs, pair => pair.Score == ScoreOfPositive ? 1 : 0), wanted, seed);
        return Array.ConvertAll(chosen, place => pairs[place]);
    }
}
