namespace Contrastive.Retrieval;

/// <summary>How an <see cref="HnswVectorStore"/> builds and walks its graph (Malkov and Yashunin 2018, whose names stand in parentheses).</summary>
public sealed record HnswOptions
{
    /// <summary>How many neighbors a vector keeps in the graph (M). More find better and take more memory and time.</summary>
    /// <value>At least 2; the default is 16. The paper uses 5 to 48.</value>
    public int Connectivity { get; init; } = 16;

    /// <summary>How many candidates are kept while a vector's neighbors are looked for (efConstruction).</summary>
    /// <value>At least 1; the default is 128.</value>
    public int ExpansionAdd { get; init; } = 128;

    /// <summary>How many candidates are kept while a query is searched (ef): the recall's price. A search for more results keeps as many.</summary>
    /// <value>At least 1; the default is 64.</value>
    public int ExpansionSearch { get; init; } = 64;

    /// <summary>What the vectors are kept in. The graph is walked with these, and the results' scores are those of the query in float32 with
    /// what was kept.</summary>
    /// <value>The default is float32. Int8 is for the cosine only, since USearch keeps the direction in it and not the length.</value>
    public VectorPrecision Precision { get; init; } = VectorPrecision.Float32;

    /// <summary>How many threads add and search.</summary>
    /// <value>At least 1; the default is one for each processor. With more than one, the order in which they add decides the graph, so
    /// that the same vectors may give a few other results when they are added again; with one, never. A search of the same graph gives the
    /// same results whatever the number.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
