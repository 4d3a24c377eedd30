using Contrastive.Retrieval;

namespace Contrastive.Tests.Retrieval;

/// <summary>BM25 as loops over short passages, whose lengths (1, 4 and 16 words, or none) Lucene's byte keeps exactly.</summary>
internal static class Bm25Oracle
{
    private static readonly int[] Lengths = [1, 4, 16];

    /// <summary>Passages of the words w0 … w7, where low numbers are more frequent.</summary>
    public static Passage[] Passages(int count, int seed)
    {
        var random = new Random(seed);
        string Words(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => $"w{random.Next(random.Next(1, 9))}"));
        // Only one of title and text has words, so that their joined length is exact too.
        return [.. Enumerable.Range(0, count).Select(i => i % 2 == 0
            ? new Passage($"p{i}", "", Words(Lengths[i / 2 % 3]))
            : new Passage($"p{i}", Words(Lengths[i / 2 % 3]), ""))];
    }

    /// <summary>The scores of all passages that have a word of the query.</summary>
    public static Dictionary<string, double> Search(Passage[] passages, string query, Bm25Options options)
    {
        Func<Passage, string>[] fields = options.Fields == Bm25Fields.Joined ? [p => p.Contents] : [p => p.Title, p => p.Text];
        var scores = new Dictionary<string, double>();
        foreach (var passage in passages)
        {
            var byField = fields.Select(field => Score([.. passages.Select(p => Words(field(p)))], Words(field(passage)), Words(query), options)).ToArray();
            var score = byField.Max() + options.TieBreaker * (byField.Sum() - byField.Max());
            if (score > 0)
                scores[passage.Id] = score;
        }

        return scores;
    }

    private static double Score(string[][] corpus, string[] passage, string[] query, Bm25Options options)
    {
        var score = 0.0;
        var mean = corpus.Average(words => words.Length);
        foreach (var word in query)
        {
            var holding = corpus.Count(words => words.Contains(word));
            var frequency = passage.Count(each => each == word);
            var rarity = Math.Log(1 + (corpus.Length - holding + 0.5) / (holding + 0.5));
            if (frequency > 0)
                score += rarity * (options.K1 + 1) * frequency / (frequency + options.K1 * (1 - options.B + options.B * passage.Length / mean));
        }

        return score;
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
