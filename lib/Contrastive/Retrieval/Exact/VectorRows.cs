namespace Contrastive.Retrieval;

/// <summary>The items of a search: N rows of D numbers, which a scan reads as float32, some rows at a time.</summary>
internal abstract unsafe class VectorRows(int dimension) : IDisposable
{
    public abstract int Count { get; }

    public int Dimension => dimension;

    /// <summary>For each row what its products are multiplied by, <c>[N]</c>: the step of its integers, one over its length; null for 1.</summary>
    public abstract float[]? Factors { get; }

    /// <summary>Rows as float32 <c>[count, D]</c>: where they lie, or in <paramref name="scratch"/>, which has room for them.</summary>
    public abstract float* Read(int start, int count, float* scratch);

    /// <summary>Frees what the rows hold.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Rows that someone else keeps, read where they lie.</summary>
internal sealed unsafe class Float32Rows(float* values, int count, int dimension, float[]? factors) : VectorRows(dimension)
{
    public override int Count => count;

    public override float[]? Factors => factors;

    public override float* Read(int start, int count, float* scratch) => values + (long)start * Dimension;
}
