namespace Contrastive.Sampling;

/// <summary>Draws indices by weight in constant time (Walker 1977, Vose 1991).</summary>
internal sealed class AliasTable
{
    private readonly double[] _own;
    private readonly int[] _alias;

    public AliasTable(IReadOnlyList<double> weights)
    {
        var count = weights.Count;
        var mean = weights.Sum() / count;
        _own = [.. weights.Select(weight => weight / mean)];
        _alias = [.. Enumerable.Range(0, count)];
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < count; i++)
            (_own[i] < 1 ? small : large).Push(i);
        while (small.Count > 0 && large.Count > 0)
        {
            var (poor, rich) = (small.Pop(), large.Pop());
            _alias[poor] = rich;
            _own[rich] -= 1 - _own[poor];
            (_own[rich] < 1 ? small : large).Push(rich);
        }

        foreach (var rest in small.Concat(large))
            _own[rest] = 1;
    }

    public int Draw(Random random)
    {
        var place = random.Next(_own.Length);
        return random.NextDouble() < _own[place] ? place : _alias[place];
    }
}
