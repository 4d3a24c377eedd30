using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>How well images and texts find each other.</summary>
/// <param name="ImageToText">For each image the texts, searched.</param>
/// <param name="TextToImage">For each text the images, searched.</param>
public sealed record ImageTextReport(ImageTextRanks ImageToText, ImageTextRanks TextToImage)
{
    /// <summary>Both directions, a line each.</summary>
    public override string ToString() => $"image → text: {ImageToText}\ntext → image: {TextToImage}";
}

/// <summary>Where the right items stand in one direction of <see cref="ImageTextRetrieval"/>.</summary>
public sealed class ImageTextRanks
{
    private readonly int[] _rightItems;

    internal ImageTextRanks(IReadOnlyList<int> queries, IReadOnlyList<long> ranks, int[] rightItems, int items, IReadOnlyList<int> at)
    {
        (Queries, Ranks, _rightItems, Items) = (queries, ranks, rightItems, items);
        Recalls = [.. at.Select(k => new RecallAtK(k, RecallAt(k), ChanceAt(k)))];
    }

    /// <summary>The row of each query among the embeddings given; of equal texts that are one, the first row.</summary>
    public IReadOnlyList<int> Queries { get; }

    /// <summary>For each query the rank of the best of its right items, from 1; ties count against it.</summary>
    public IReadOnlyList<long> Ranks { get; }

    /// <summary>How many items were searched: all images, or all texts, equal ones once where they are one.</summary>
    public int Items { get; }

    /// <summary>Recall and chance at each k that was asked for, for a table.</summary>
    public IReadOnlyList<RecallAtK> Recalls { get; }

    /// <summary>The median of the ranks; with an even number of queries the mean of the two in the middle.</summary>
    public double MedianRank => Quantile.Of([.. Ranks.Order().Select(rank => (double)rank)], 0.5);

    /// <summary>The share of queries with a right item among the first k, in [0, 1].</summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public double RecallAt(int k)
    {
        Require.AtLeast(k, 1);
        return Ranks.Count(rank => rank <= k) / (double)Ranks.Count;
    }

    /// <summary>
    /// What a random order of the items reaches on average, exactly: for a query with r right items among n
    /// <code>1 − C(n − r, k) / C(n, k)</code>
    /// </summary>
    /// <param name="k">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is below 1.</exception>
    public double ChanceAt(int k)
    {
        Require.AtLeast(k, 1);
        return _rightItems.CountBy(right => right).Sum(group => group.Value * Chance(group.Key, k)) / _rightItems.Length;
    }

    /// <summary>The figures in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", Recalls.Select(recall => string.Create(CultureInfo.InvariantCulture, $"recall@{recall.K} {recall.Recall:P1} (chance {recall.Chance:P1})")))}, median rank {MedianRank:0.#} of {Items}; {Counted.Of(Ranks.Count, "query", "queries")}");

    private double Chance(int right, int k)
    {
        var missed = 1.0;
        for (var draw = 0; draw < Math.Min(k, Items) && missed > 0; draw++)
            missed *= Math.Max(0, Items - right - draw) / (double)(Items - draw);
        return 1 - missed;
    }
}

/// <summary>Recall at one k, and what a random order reaches.</summary>
/// <param name="K">How many items count.</param>
/// <param name="Recall">The share of queries with a right item among them, in [0, 1].</param>
/// <param name="Chance">The same for a random order, on average.</param>
public sealed record RecallAtK(int K, double Recall, double Chance);
