using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// A generated shop that knows nothing of its items but the sessions in which they were bought. Each item serves one hidden need, and each
/// session has one: three quarters of its items are drawn from that need, the others from the whole shop, always by popularity. Popularity
/// falls as 1 / (rank + 5), so bestsellers are in everybody's sessions.
/// </summary>
public sealed class Shop
{
    private const double ShareOfNeed = 0.75;
    private const int FewestItems = 3;
    private const int MostItems = 6;

    private readonly WeightedDraw _any;
    private readonly WeightedDraw[] _ofNeed;

    /// <summary>Opens a shop: items, their needs and their popularity.</summary>
    /// <param name="items">How many items, at least one for each need.</param>
    /// <param name="seed">Which items are popular.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer items than <see cref="Needs"/>.</exception>
    public Shop(int items, long seed)
    {
        Require.AtLeast(items, Needs.Count, "each need has an item");
        NeedOf = [.. Enumerable.Range(0, items).Select(item => item % Needs.Count)];
        var weights = Enumerable.Range(1, items).Select(rank => 1.0 / (rank + 5)).ToArray();
        var random = new SplitMix64(seed, 0);
        for (var i = items - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (weights[i], weights[other]) = (weights[other], weights[i]);
        }

        _any = new WeightedDraw([.. Enumerable.Range(0, items)], weights);
        _ofNeed = [.. Enumerable.Range(0, Needs.Count).Select(need => new WeightedDraw([.. Enumerable.Range(0, items).Where(item => NeedOf[item] == need)], weights))];
    }

    /// <summary>What items are for.</summary>
    public static IReadOnlyList<string> Needs { get; } =
    [
        "camping", "espresso", "baking", "running", "gardening", "sewing", "cycling", "painting", "fishing", "chess", "sailing", "knitting",
        "climbing", "pottery", "skiing", "astronomy", "brewing", "archery", "bonsai", "yoga", "surfing", "origami", "rowing", "juggling",
    ];

    /// <summary>The need of each item, a place in <see cref="Needs"/>: what no session says.</summary>
    public IReadOnlyList<int> NeedOf { get; }

    /// <summary>The number of items.</summary>
    public int Count => NeedOf.Count;

    /// <summary>An item's name, for the reader: its need and a number, such as <c>camping 3</c>.</summary>
    /// <param name="item">From 0 to Count − 1.</param>
    public string Name(long item) => $"{Needs[NeedOf[(int)item]]} {(item / Needs.Count) + 1}";

    /// <summary>Draws sessions of three to six different items, in the order of buying. Session i depends on the shop, the seed and i
    /// only.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">Which sessions; use another seed for held-out ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    public IReadOnlyList<IReadOnlyList<int>> Sessions(int count, long seed)
    {
        Require.AtLeast(count, 1);
        return [.. Enumerable.Range(0, count).Select(index => Session(seed, index))];
    }

    private List<int> Session(long seed, int index)
    {
        var random = new SplitMix64(seed, index);
        var need = random.Below(Needs.Count);
        var wanted = FewestItems + random.Below(MostItems - FewestItems + 1);
        var session = new List<int>(wanted);
        while (session.Count < wanted)
        {
            var item = (random.Uniform(0, 1) < ShareOfNeed ? _ofNeed[need] : _any).Draw(ref random);
            if (!session.Contains(item))
                session.Add(item);
        }

        return session;
    }
}
