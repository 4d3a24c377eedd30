using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Xunit;

namespace Contrastive.Tests.Evaluation;

/// <summary>Each measure against loops that a reader can check, over random runs with many ties, unjudged and negative documents.</summary>
public sealed class RetrievalOracleTests
{
    [Fact]
    public void Measures_equal_slow_loops_on_random_runs_full_of_ties()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var documents = Enumerable.Range(0, 40).Select(i => $"d{i}").ToArray();
            var relevance = documents.Where(_ => random.Next(3) == 0).ToDictionary(id => id, _ => random.Next(-2, 4));
            relevance[documents[random.Next(40)]] = 1 + random.Next(3);
            random.Shuffle(documents);
            var results = documents.Take(random.Next(0, 41)).Select(id => new RankedItem(id, random.Next(5) / 4f)).ToArray();
            var order = Order(results);
            foreach (var k in new[] { 1, 2, 5, 10, 39, 40, 41, 1000 })
                Compare(k, order, results, relevance);
            Assert.Equal(AveragePrecision(order, relevance, int.MaxValue), RetrievalMeasure.AveragePrecision.Of(results, relevance), 1e-12);
            Assert.Equal(ReciprocalRank(order, relevance, int.MaxValue), RetrievalMeasure.ReciprocalRank.Of(results, relevance), 1e-12);
        }
    }

    private static void Compare(int k, List<string> order, RankedItem[] results, Dictionary<string, int> relevance)
    {
        var relevant = relevance.Keys.Where(id => relevance[id] > 0).ToHashSet();
        var (found, holes) = (0, 0);
        for (var rank = 1; rank <= k && rank <= order.Count; rank++)
        {
            if (relevant.Contains(order[rank - 1]))
                found++;
            if (!relevance.TryGetValue(order[rank - 1], out var grade) || grade < 0)
                holes++;
        }

        var best = Order([.. relevance.Select(entry => new RankedItem(entry.Key, entry.Value))]);
        Is(found / (double)relevant.Count, RetrievalMeasure.RecallAt(k));
        Is(found / (double)(relevant.Count < k ? relevant.Count : k), RetrievalMeasure.CappedRecallAt(k));
        Is(found / (double)k, RetrievalMeasure.PrecisionAt(k));
        Is(found > 0 ? 1 : 0, RetrievalMeasure.SuccessAt(k));
        Is(holes / (double)k, RetrievalMeasure.HoleAt(k));
        Is(ReciprocalRank(order, relevance, k), RetrievalMeasure.ReciprocalRankAt(k));
        Is(AveragePrecision(order, relevance, k), RetrievalMeasure.AveragePrecisionAt(k));
        Is(Gain(order, relevance, k, grade => grade) / Gain(best, relevance, k, grade => grade), RetrievalMeasure.NdcgAt(k));
        Is(
            Gain(order, relevance, k, grade => (1 << grade) - 1) / Gain(best, relevance, k, grade => (1 << grade) - 1),
            RetrievalMeasure.NdcgAt(k, Contrastive.Evaluation.Gain.Exponential));

        void Is(double expected, RetrievalMeasure measure) => Assert.Equal(expected, measure.Of(results, relevance), 1e-12);
    }

    /// <summary>Selection sort: take the best that is left, the greater id among equal scores.</summary>
    private static List<string> Order(RankedItem[] results)
    {
        var left = results.ToList();
        var order = new List<string>();
        while (left.Count > 0)
        {
            var best = left[0];
            foreach (var item in left)
            {
                if (item.Score > best.Score || (item.Score.Equals(best.Score) && string.CompareOrdinal(item.Id, best.Id) > 0))
                    best = item;
            }

            left.Remove(best);
            order.Add(best.Id);
        }

        return order;
    }

    private static double ReciprocalRank(List<string> order, Dictionary<string, int> relevance, int k)
    {
        for (var rank = 1; rank <= k && rank <= order.Count; rank++)
        {
            if (relevance.TryGetValue(order[rank - 1], out var grade) && grade > 0)
                return 1.0 / rank;
        }

        return 0;
    }

    private static double AveragePrecision(List<string> order, Dictionary<string, int> relevance, int k)
    {
        var sum = 0.0;
        for (var rank = 1; rank <= k && rank <= order.Count; rank++)
        {
            if (relevance.GetValueOrDefault(order[rank - 1]) > 0)
                sum += order.Take(rank).Count(id => relevance.GetValueOrDefault(id) > 0) / (double)rank;
        }

        return sum / relevance.Count(entry => entry.Value > 0);
    }

    private static double Gain(List<string> order, Dictionary<string, int> relevance, int k, Func<int, int> gain)
    {
        var sum = 0.0;
        for (var rank = 1; rank <= k && rank <= order.Count; rank++)
        {
            if (relevance.TryGetValue(order[rank - 1], out var grade) && grade > 0)
                sum += gain(grade) * Math.Log(2) / Math.Log(rank + 1);
        }

        return sum;
    }
}
