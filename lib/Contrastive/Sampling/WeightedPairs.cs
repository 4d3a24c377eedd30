namespace Contrastive.Sampling;

/// <summary>Positive pairs of items, each with a weight that sets how often it is drawn.</summary>
public sealed class WeightedPairs
{
    private readonly int[] _first;
    private readonly int[] _second;
    private readonly double[] _weights;

    /// <summary>Takes pairs with their weights.</summary>
    /// <param name="pairs">Two different items, and a finite weight above zero.</param>
    /// <exception cref="ArgumentException">There is no pair, a pair joins an item with itself, an item is negative, or a weight is not
    /// above zero.</exception>
    public WeightedPairs(IEnumerable<(int First, int Second, double Weight)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var all = pairs.ToArray();
        if (all.Length == 0)
            throw new ArgumentException("There is no pair; loosen the rule that makes pairs, or check its input.", nameof(pairs));
        foreach (var (first, second, weight) in all)
        {
            if (first == second || first < 0 || second < 0)
                throw new ArgumentException($"({first}, {second}) is not a pair of two different items, numbered from 0.", nameof(pairs));
            if (!(weight > 0) || !double.IsFinite(weight))
                throw new ArgumentException($"Pair ({first}, {second}) has weight {weight}; expected a finite number above zero.", nameof(pairs));
        }

        (_first, _second, _weights) = ([.. all.Select(pair => pair.First)], [.. all.Select(pair => pair.Second)], [.. all.Select(pair => pair.Weight)]);
    }

    /// <summary>The number of pairs.</summary>
    public int Count => _weights.Length;

    /// <summary>One of the pairs.</summary>
    /// <param name="index">From 0 to Count − 1.</param>
    public (int First, int Second, double Weight) this[int index] => (_first[index], _second[index], _weights[index]);

    /// <summary>The pairs with the highest weights; ties in the order of the items.</summary>
    /// <param name="count">The maximum number of pairs.</param>
    public IReadOnlyList<(int First, int Second, double Weight)> Heaviest(int count) =>
        [.. Enumerable.Range(0, Count).Select(index => this[index]).OrderByDescending(pair => pair.Weight).ThenBy(pair => pair.First).ThenBy(pair => pair.Second).Take(count)];
}
