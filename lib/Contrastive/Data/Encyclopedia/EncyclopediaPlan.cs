using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Which entries there are: five kinds for each name, each kind as often as any other, no description twice for a kind.</summary>
internal sealed class EncyclopediaPlan
{
    private const int NamesakesEach = 5;

    /// <summary>Entries mention names of their own neighborhood, so that what they say does not depend on how many follow.</summary>
    private const int Neighborhood = 20;

    private readonly long _seed;
    private readonly int[] _roots;
    private readonly int[][] _descriptions;

    public EncyclopediaPlan(long seed)
    {
        _seed = (long)SplitMix64.Start(seed, -1);
        _roots = Shuffled(InventedNames.RootCount, 0);
        _descriptions = [.. EntryKinds.All.Select((kind, index) => Shuffled(kind.Traits.Count, 1 + index))];
    }

    /// <summary>Every entry in turn.</summary>
    public IEnumerable<Entry> Entries()
    {
        var counts = new int[EntryKinds.All.Length];
        var random = new SplitMix64(_seed, 100);
        for (var block = 0; ; block++)
        {
            var kinds = Shuffled(EntryKinds.All.Length, 1000 + block);
            var offsets = Shuffled(EntryKinds.All.Length, -1000 - block);
            for (var i = 0; i < NamesakesEach * kinds.Length; i++)
            {
                var (name, place) = (i / NamesakesEach, i % NamesakesEach);
                int KindAt(int at) => kinds[(name + offsets[at]) % kinds.Length];
                var kind = KindAt(place);
                var namesake = EntryKinds.All[KindAt((place + 1 + random.Below(NamesakesEach - 1)) % NamesakesEach)];
                var root = InventedNames.Root(_roots[block * kinds.Length + name]);
                yield return Entry.Draw(root, EntryKinds.All[kind], namesake, EntryKinds.All[kind].Traits.At(_descriptions[kind][counts[kind]++]), ref random);
            }
        }
    }

    /// <summary>The names that an entry's passages mention beside its own.</summary>
    public IReadOnlyList<string> Others(int entry)
    {
        var name = entry / NamesakesEach;
        var start = name / Neighborhood * Neighborhood;
        return [.. Enumerable.Range(start, Neighborhood).Where(other => other != name).Select(other => InventedNames.Root(_roots[other]))];
    }

    private int[] Shuffled(int count, long stream)
    {
        var random = new SplitMix64(_seed, stream);
        var numbers = Enumerable.Range(0, count).ToArray();
        for (var i = 0; i < count; i++)
        {
            var at = i + random.Below(count - i);
            (numbers[i], numbers[at]) = (numbers[at], numbers[i]);
        }

        return numbers;
    }
}
