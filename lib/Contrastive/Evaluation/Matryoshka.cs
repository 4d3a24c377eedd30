using Contrastive.Losses;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>What embeddings are worth when only their first entries are kept (Kusupati et al. 2022, "Matryoshka Representation
/// Learning"): how much of a metric a shorter, cheaper embedding costs.</summary>
public static class Matryoshka
{
    /// <summary>Any metric of the embeddings, cut at each dimension by <see cref="MatryoshkaLoss.Cut"/>.
    /// <code>Matryoshka.AtEach([64, 16, 4], z =&gt; PairedRetrieval.RecallAt(1, PairedRetrieval.Ranks(z[0], z[1])), queries, items)</code></summary>
    /// <param name="dimensions">Where to cut, in any order.</param>
    /// <param name="metric">The metric of the cut embeddings, in the order given. If it compares by the dot product, the embeddings count as
    /// they are cut, not normalized again.</param>
    /// <param name="embeddings">Each <c>[…, D]</c>, D at least the largest dimension.</param>
    /// <returns>The metric at each dimension, in the order of the dimensions.</returns>
    /// <exception cref="ArgumentException">There is no dimension, one is below 1 or above D, or there are no embeddings.</exception>
    public static IReadOnlyList<(int Dimension, double Value)> AtEach(
        IReadOnlyList<int> dimensions, Func<IReadOnlyList<Tensor>, double> metric, params IReadOnlyList<Tensor> embeddings)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(embeddings);
        var all = MatryoshkaLoss.Check(dimensions);
        if (embeddings.Count == 0)
            throw new ArgumentException("There are no embeddings to cut.", nameof(embeddings));
        foreach (var z in embeddings)
            Require.Between(all.Max(), 1, z.size(-1), "the embeddings have no more entries", nameof(dimensions));
        return Array.ConvertAll(all, dimension =>
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            return (dimension, metric([.. embeddings.Select(z => MatryoshkaLoss.Cut(z, dimension))]));
        });
    }
}
