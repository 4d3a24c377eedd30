using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Draws one of some items, each as often as its weight says.</summary>
internal sealed class WeightedDraw
{
    private readonly int[] _items;
    private readonly double[] _sums;

    /// <param name="items">The items to draw from.</param>
    /// <param name="weights">The weight of each item of the whole shop, above zero.</param>
    public WeightedDraw(int[] items, double[] weights)
    {
        _items = items;
        _sums = new double[items.Length];
        var sum = 0.0;
        for (var i = 0; i < items.Length; i++)
            _sums[i] = sum += weights[items[i]];
    }

    public int Draw(ref SplitMix64 random)
    {
        var found = Array.BinarySearch(_sums, random.Uniform(0, 1) * _sums[^1]);
        return _items[Math.Min(found < 0 ? ~found : found + 1, _items.Length - 1)];
    }
}
