using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class TextDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        Assert.StartsWith("There is no text data 'wikipedia'. There are: sentence-world, sentences, and file:PATH.",
            Assert.Throws<ArgumentException>(() => TextData.Load("wikipedia")).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_files_name_themselves_and_the_data_set()
    {
        var missing = Assert.Throws<FileNotFoundException>(() => TextData.Load("sentences", folder: new DataFolder(_folder.Path)));
        Assert.Contains("Sentences is not in the data folder: '", missing.Message, StringComparison.Ordinal);
        Assert.Contains("unsup_sentences.txt.gz' is missing.", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_below_one_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TextData.Load("sentence-world", sentences: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextData.Load("sentence-world", triplets: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextData.Load("sentence-world", pairs: -1));
    }

    [Fact]
    public void The_world_trains_on_no_sentence_that_it_is_measured_by()
    {
        var set = TextData.Load("sentence-world", sentences: 60_000, triplets: 20_000, pairs: 6000, seed: 5);
        Assert.Equal("Sentence world: 60,000 sentences, 20,000 triplets, 6,000 + 6,000 scored pairs, 3 similarity and 4 transfer tasks", set.ToString());
        var (development, test) = (Sentences(set.Development), Sentences(set.Test));
        var probes = set.Transfer.SelectMany(task => task.Test).Select(example => example.First).ToHashSet();
        var trained = set.Sentences.Concat(set.Triplets.SelectMany(triplet => new[] { triplet.Anchor, triplet.Positive, triplet.HardNegative })).ToHashSet();
        Assert.Empty(trained.Intersect(test));
        Assert.Empty(trained.Intersect(development));
        Assert.Empty(development.Intersect(test));
        Assert.Empty(trained.Intersect(probes));
        Assert.Equal(60_000, set.Sentences.Distinct().Count());
    }

    [Fact]
    public void The_world_depends_on_the_seed_and_its_tasks_are_its_test_pairs()
    {
        var set = TextData.Load("sentence-world", sentences: 50, triplets: 20, pairs: 60, seed: 1);
        var again = TextData.Load("sentence-world", sentences: 100, triplets: 20, pairs: 60, seed: 1);
        var other = TextData.Load("sentence-world", sentences: 50, triplets: 20, pairs: 60, seed: 2);
        Assert.Equal(set.Sentences, again.Sentences.Take(50));
        Assert.Equal((set.Test, set.Development, set.Triplets), (again.Test, again.Development, again.Triplets), Same);
        Assert.Empty(Sentences(set.Test).Intersect(Sentences(other.Test)));
        Assert.Equal([20, 20, 40], set.Tasks.Select(task => task.Pairs.Count));
        Assert.All(set.Tasks, task => Assert.Subset(set.Test.ToHashSet(), task.Pairs.ToHashSet()));
        Assert.Equal([1, 5], set.Tasks[1].Pairs.Select(pair => pair.Score).Distinct().Order());
    }

    [Fact]
    public void Real_data_gives_an_even_part_of_the_sources_and_all_of_the_rest()
    {
        var folder = All();
        var set = TextData.Load("sentences", sentences: 800, seed: 3, folder: folder);
        Assert.Equal($"Sentences: 800 sentences, {set.Triplets.Count:N0} triplets, 1,500 + 1,379 scored pairs, 7 similarity and 2 transfer tasks", set.ToString());
        Assert.Equal(set.Sentences, TextData.Load("sentences", sentences: 800, seed: 3, folder: folder).Sentences);
        var entry = Catalog.Find("sentences");
        var corpus = SentenceCorpus.Read(folder.Require(entry, entry.Files[0]), folder.Require(entry, entry.Files[1]));
        var source = corpus.Sentences.Zip(corpus.Sources).ToDictionary(sentence => sentence.First, sentence => sentence.Second);
        Assert.All(set.Sentences.CountBy(sentence => source[sentence]), count => Assert.Equal(100, count.Value));
        Assert.Equal(8, set.Sentences.Select(sentence => source[sentence]).Distinct().Count());
        var part = TextData.Load("sentences", sentences: 8, triplets: 10, pairs: 30, folder: folder);
        Assert.Equal((10, 30, 30, 4927), (part.Triplets.Count, part.Development.Count, part.Test.Count, part.Tasks[^1].Pairs.Count));
        Assert.Subset(set.Test.ToHashSet(), part.Test.ToHashSet());
    }

    [Fact]
    public void Real_data_trains_on_nothing_that_it_is_measured_by()
    {
        var set = TextData.Load("sentences", folder: All());
        static string Key(string sentence) => string.Concat(sentence.ToLowerInvariant().Where(char.IsLetterOrDigit));
        var pairs = set.Tasks.SelectMany(task => task.Pairs).Concat(set.Development).ToList();
        var sentences = pairs.SelectMany(pair => new[] { Key(pair.First), Key(pair.Second) }).ToHashSet();
        Assert.DoesNotContain(set.Sentences, sentence => sentences.Contains(Key(sentence)));
        Assert.InRange(set.Sentences.Count, 212_100, 214_641 - 2400 - 1);
        var scored = pairs.SelectMany(pair => new[] { (Key(pair.First), Key(pair.Second)), (Key(pair.Second), Key(pair.First)) }).ToHashSet();
        Assert.DoesNotContain(set.Triplets, triplet => scored.Contains((Key(triplet.Anchor), Key(triplet.Positive))) || scored.Contains((Key(triplet.Anchor), Key(triplet.HardNegative))));
        Assert.Equal(3389 - 119, set.Triplets.Count);
        Assert.Equal(["SICK-E: 4,500 + 4,927 examples, 3 classes", "Source: 1,600 + 800 examples, 8 classes"], set.Transfer.Select(task => task.ToString()));
        Assert.Empty(set.Sentences.Intersect(set.Transfer[1].Train.Concat(set.Transfer[1].Test).Select(example => example.First)));
    }

    private static DataFolder All()
    {
        RealData.With("nli");
        RealData.With("sts");
        return RealData.With("sentences");
    }

    private static HashSet<string> Sentences(IEnumerable<ScoredPair> pairs) => [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second })];

    private static bool Same<TFirst, TSecond, TThird>(
        (IReadOnlyList<TFirst>, IReadOnlyList<TSecond>, IReadOnlyList<TThird>) one, (IReadOnlyList<TFirst>, IReadOnlyList<TSecond>, IReadOnlyList<TThird>) other) =>
        one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3);
}
