using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>Chooses a class-balanced subset of a labeled set.</summary>
internal static class ClassBalance
{
    /// <summary>
    /// The indices of <paramref name="count"/> examples in ascending order: in a random order given by the seed, each class contributes
    /// one example in turn until there are enough. A class that runs out contributes no more.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many.</exception>
    public static int[] Choose(IReadOnlyList<int> labels, int count, long seed)
    {
        Require.Between(count, 1, labels.Count, string.Create(CultureInfo.InvariantCulture, $"there are {labels.Count:N0} images"));

        var chosen = Order(labels, seed)[..count];
        Array.Sort(chosen);
        return chosen;
    }

    /// <summary>All indices, in a random order given by the seed in which each class contributes one example in turn while it
    /// has any.</summary>
    public static int[] Order(IReadOnlyList<int> labels, long seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var order = randperm(labels.Count, generator: generator).data<long>().ToArray();
        var turns = new Dictionary<int, int>();
        return
        [
            .. order
                .Select((index, place) => (Index: (int)index, Place: place, Turn: turns[labels[(int)index]] = turns.GetValueOrDefault(labels[(int)index]) + 1))
                .OrderBy(example => example.Turn).ThenBy(example => example.Place)
                .Select(example => example.Index),
        ];
    }
}
