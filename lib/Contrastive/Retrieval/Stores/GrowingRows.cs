namespace Contrastive.Retrieval;

/// <summary>Float32 rows that become more, in blocks of memory of which none is ever moved.</summary>
internal sealed unsafe class GrowingRows(int dimension, bool hasFactors) : VectorRows(dimension)
{
    private readonly List<NativeBlock> _blocks = [];
    private float[]? _factors = hasFactors ? new float[ExactEngine.Part] : null;
    private int _count;

    public override int Count => _count;

    public override float[]? Factors => _factors;

    public override float* Read(int start, int count, float* scratch) =>
        _blocks[start / ExactEngine.Part].First<float>() + (long)(start % ExactEngine.Part) * Dimension;

    /// <summary>Sets a row, or adds one where <paramref name="row"/> is their number.</summary>
    public void Set(int row, ReadOnlySpan<float> values, float factor)
    {
        if (row == _count)
            Grow();
        values.CopyTo(new Span<float>(Read(row, 1, null), Dimension));
        if (_factors is not null)
            _factors[row] = factor;
    }

    public override void Dispose()
    {
        foreach (var block in _blocks)
            block.Dispose();
        _blocks.Clear();
        _count = 0;
        base.Dispose();
    }

    private void Grow()
    {
        if (_count == _blocks.Count * ExactEngine.Part)
            _blocks.Add(NativeBlock.Of<float>((long)ExactEngine.Part * Dimension));
        _count++;
        if (_factors?.Length < _count)
            Array.Resize(ref _factors, 2 * _factors.Length);
    }
}
