using System.Runtime.InteropServices;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Sampling;

/// <summary>The keys of each item, numbered from 0 in the order of their first occurrence; equal keys have equal numbers.</summary>
internal sealed class ItemKeys
{
    private readonly int[] _numbers; // [N, C]
    private readonly int _columns;

    public ItemKeys(Tensor ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.dim() != 2)
            Require.Shape(ids, "Int64 [N]", "one for each item, or [N, C], several for each");
        else
            Require.Shape(ids, "Int64 [N, C]", "C for each item");
        using var scope = NewDisposeScope();
        var values = ids.cpu().contiguous().data<long>().ToArray();
        (Items, _columns) = ((int)ids.size(0), values.Length / (int)ids.size(0));
        (_numbers, Distinct) = Number(values, EqualityComparer<long>.Default);
    }

    /// <summary>Keys in columns: one list of the texts of all items for each column.</summary>
    public ItemKeys(IReadOnlyList<IReadOnlyList<string>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0 || texts[0].Count == 0)
            throw new ArgumentException("There is no text; give one column or several, such as anchors and positives.", nameof(texts));
        (Items, _columns) = (texts[0].Count, texts.Count);
        var values = new string[Items * _columns];
        for (var column = 0; column < _columns; column++)
        {
            if (texts[column].Count != Items)
                throw new ArgumentException($"texts[{column}] has {texts[column].Count} texts, texts[0] {Items}; row i of all belongs together.", nameof(texts));
            for (var item = 0; item < Items; item++)
                values[(item * _columns) + column] = texts[column][item] ?? throw new ArgumentException($"texts[{column}][{item}] is null.", nameof(texts));
        }

        (_numbers, Distinct) = Number(values, StringComparer.Ordinal);
    }

    /// <summary>N.</summary>
    public int Items { get; }

    /// <summary>How many different keys there are.</summary>
    public int Distinct { get; }

    /// <summary>The numbers of an item's keys <c>[C]</c>.</summary>
    public ReadOnlySpan<int> Of(long item) => _numbers.AsSpan((int)item * _columns, _columns);

    /// <summary>The items, those first whose keys occur in the fewest items: of them most go together.</summary>
    public long[] RarestFirst()
    {
        var counts = new int[Distinct];
        foreach (var number in _numbers)
            counts[number]++;
        var (items, shared) = (new long[Items], new int[Items]);
        for (var item = 0; item < Items; item++)
        {
            items[item] = item;
            foreach (var number in Of(item))
                shared[item] += counts[number];
        }

        Array.Sort(shared, items);
        return items;
    }

    private static (int[] Numbers, int Distinct) Number<T>(T[] values, IEqualityComparer<T> comparer) where T : notnull
    {
        var seen = new Dictionary<T, int>(comparer);
        var numbers = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, values[i], out var exists);
            numbers[i] = exists ? number : number = seen.Count - 1;
        }

        return (numbers, seen.Count);
    }
}
