namespace Contrastive.Retrieval;

/// <summary>
/// Queries as <see cref="DotProducts"/> reads them: side by side in the lanes of registers, some of which make a panel
/// <c>[D, registers · lanes]</c>. Lanes after the last query hold zeros.
/// </summary>
internal sealed unsafe class QueryPanels<T> : IDisposable where T : struct, ILanes<T>
{
    private readonly NativeBlock _block;
    private readonly float* _values;
    private readonly int _dimension;

    /// <param name="queries"><c>[Q, D]</c>.</param>
    /// <param name="count">Q.</param>
    /// <param name="dimension">D.</param>
    public QueryPanels(float* queries, int count, int dimension)
    {
        _dimension = dimension;
        var registers = (count + T.Count - 1) / T.Count;
        Padding = registers * T.Count - count;
        All = Divide(registers);
        _block = NativeBlock.Of<float>((long)registers * T.Count * dimension);
        _values = _block.First<float>();
        foreach (var panel in All)
        {
            var target = Values(panel);
            var width = panel.Registers * T.Count;
            for (var lane = 0; lane < Math.Min(width, count - panel.First); lane++)
            {
                var query = queries + (long)(panel.First + lane) * dimension;
                for (var i = 0; i < dimension; i++)
                    target[(long)i * width + lane] = query[i];
            }

            for (var lane = Math.Max(count - panel.First, 0); lane < width; lane++)
            {
                for (var i = 0; i < dimension; i++)
                    target[(long)i * width + lane] = 0;
            }
        }
    }

    /// <summary>Lanes without a query.</summary>
    public int Padding { get; }

    public Panel[] All { get; }

    public float* Values(Panel panel) => _values + (long)panel.First * _dimension;

    public void Dispose() => _block.Dispose();

    /// <summary>As few panels as can be, of nearly equal width: a narrow one takes almost as long as a wide one.</summary>
    private static Panel[] Divide(int registers)
    {
        var panels = new Panel[(registers + T.MostQueries - 1) / T.MostQueries];
        for (var (i, at) = (0, 0); i < panels.Length; at += panels[i++].Registers)
            panels[i] = new Panel(at * T.Count, (registers - at + panels.Length - i - 1) / (panels.Length - i));
        return panels;
    }
}

/// <summary>Some queries side by side: the first of them, and in how many registers they are.</summary>
internal readonly record struct Panel(int First, int Registers);
