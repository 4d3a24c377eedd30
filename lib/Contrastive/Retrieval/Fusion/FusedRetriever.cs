using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <summary>Several searches as one, by <see cref="ReciprocalRankFusion"/>: by words and by vectors, as a rule.
/// <code>var both = new FusedRetriever([words, vectors]);  var found = both.Search(questions, topK: 20);</code></summary>
public sealed class FusedRetriever : IRetriever
{
    private readonly IRetriever[] _retrievers;
    private readonly int _depth;
    private readonly double _constant;
    private readonly double[]? _weights;

    /// <summary>Combines searches over the same passages.</summary>
    /// <param name="retrievers">At least one; they stay the caller's to dispose.</param>
    /// <param name="depth">How many passages of each search are fused, or as many as are asked for if that is more. <value>At least 1. The
    /// default is 100; the paper fused runs of 1,000.</value></param>
    /// <param name="constant">k, at least 0. <value>The default is 60, the paper's.</value></param>
    /// <param name="weights">One for each search, above zero. <value>The default is 1 for all, the paper's.</value></param>
    /// <exception cref="ArgumentException">There is no search, or a number is out of its range.</exception>
    public FusedRetriever(
        IReadOnlyList<IRetriever> retrievers, int depth = 100, double constant = ReciprocalRankFusion.DefaultConstant, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(retrievers);
        if (retrievers.Count == 0 || retrievers.Any(retriever => retriever is null))
            throw new ArgumentException($"There are {retrievers.Count} searches, none of which may be null; expected at least one.", nameof(retrievers));
        ReciprocalRankFusion.CheckWeights(retrievers.Count, constant, weights);
        (_retrievers, _depth, _constant, _weights) = ([.. retrievers], Require.AtLeast(depth, 1), constant, weights?.ToArray());
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">topK is below 1.</exception>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK)
    {
        Questions.Check(queries);
        var depth = Math.Max(_depth, Require.AtLeast(topK, 1));
        IReadOnlyList<IReadOnlyList<RankedItem>>[] found = [.. _retrievers.Select(retriever => retriever.Search(queries, depth))];
        return ReciprocalRankFusion.Fuse(found, topK, _constant, _weights);
    }
}
