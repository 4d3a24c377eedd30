using System.Globalization;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// Any loss at several sizes of the embedding, one within the other, so that its first entries are an embedding by themselves (Kusupati et
/// al. 2022, "Matryoshka Representation Learning", equation 1). With the cut z[1…d] and the dimensions d of M,
/// <code>loss = Σ_{d ∈ M} w_d · L(z[1…d])</code>
/// </summary>
/// <remarks>
/// A sum, as in the paper and in sentence-transformers' MatryoshkaLoss, not a mean: it is about as many times larger as there are
/// dimensions. A loss that normalizes does so after the cut. What is not cut, such as labels, is not passed here:
/// <code>matryoshka.Compute(z =&gt; ntXent.Compute(z[0], z[1]), view1, view2)
/// matryoshka.Compute(z =&gt; supervised.Compute(z[0], labels), embeddings)</code>
/// </remarks>
public sealed class MatryoshkaLoss
{
    private readonly int[] _dimensions;
    private readonly double[] _weights;
    private readonly int _perStep;
    private readonly Generator? _generator;

    /// <summary>Takes the dimensions.</summary>
    /// <param name="dimensions">M, from the largest to the smallest: <c>[768, 256, 64]</c>. Put the whole embedding first, or it is not
    /// trained. The paper halves it each time, from 2048 down to 8.</param>
    /// <param name="weights">w, above zero, one for each dimension. <value>The default is 1 for each, the paper's.</value></param>
    /// <param name="dimensionsPerStep">How many of the dimensions each call uses, drawn anew each time. It saves time; the loss is the sum of
    /// those drawn and not scaled up. <value>The default is null: all.</value></param>
    /// <param name="generator">What they are drawn from, on the CPU; give it to the checkpoint.</param>
    /// <exception cref="ArgumentException">The dimensions are none, below 1 or not from the largest to the smallest, the weights do not fit
    /// them or are not above zero, or the number per step is out of range or without a generator.</exception>
    public MatryoshkaLoss(
        IReadOnlyList<int> dimensions, IReadOnlyList<double>? weights = null, int? dimensionsPerStep = null, Generator? generator = null)
    {
        _dimensions = Check(dimensions);
        if (_dimensions.Zip(_dimensions.Skip(1)).Any(pair => pair.First <= pair.Second))
            throw new ArgumentException(
                $"dimensions is [{string.Join(", ", dimensions)}]; expected each once, from the largest to the smallest.", nameof(dimensions));
        _weights = weights is null ? [.. dimensions.Select(_ => 1.0)] : [.. weights];
        if (_weights.Length != _dimensions.Length)
            throw new ArgumentException(
                $"There are {_weights.Length} weights for {_dimensions.Length} dimensions; expected one for each.", nameof(weights));
        foreach (var weight in _weights)
            Require.Positive(weight, nameof(weights));
        _perStep = Require.Between(dimensionsPerStep ?? _dimensions.Length, 1, _dimensions.Length, "there are no more dimensions", nameof(dimensionsPerStep));
        if ((dimensionsPerStep is null) != (generator is null))
            throw new ArgumentException(
                "dimensionsPerStep and generator go together; give both, or neither for all dimensions at each step.", nameof(generator));
        _generator = generator;
    }

    /// <summary>The weighted sum of the loss at each dimension.</summary>
    /// <param name="loss">The loss of the embeddings, cut alike, in the order given: <c>z =&gt; ntXent.Compute(z[0], z[1])</c>.</param>
    /// <param name="embeddings">Each float <c>[…, D]</c>, D at least the largest dimension: views <c>[N, D]</c>, hard negatives
    /// <c>[N, H, D]</c>, a queue <c>[K, D]</c>.</param>
    /// <returns>A scalar, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">There are no embeddings, they have not the same last size, or it is below the largest
    /// dimension.</exception>
    public Tensor Compute(Func<IReadOnlyList<Tensor>, Tensor> loss, params IReadOnlyList<Tensor> embeddings)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.Count == 0)
            throw new ArgumentException("There are no embeddings to cut; give those that the loss compares.", nameof(embeddings));
        for (var i = 0; i < embeddings.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"embeddings[{i}]");
            Require.Shape(embeddings[i], "float [N, ...]", name: name, parameter: nameof(embeddings));
            Require.SameWidth(embeddings[0], embeddings[i], "embeddings[0]", name);
        }

        using var scope = NewDisposeScope();
        return Drawn().Select(index => loss([.. embeddings.Select(z => Cut(z, _dimensions[index]))]) * _weights[index])
            .Aggregate((sum, term) => sum + term).MoveToOuterDisposeScope();
    }

    /// <summary>The first entries of each embedding, as a view of the same memory. They have not length one even if the whole has: the
    /// losses and metrics that compare by the cosine normalize them.</summary>
    /// <param name="embeddings"><c>[…, D]</c>.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <returns><c>[…, d]</c>, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The embeddings have no dimension, or d is out of range.</exception>
    public static Tensor Cut(Tensor embeddings, int dimension)
    {
        Require.Shape(embeddings, "[N, ...]");
        Require.Between(dimension, 1, embeddings.size(-1), "the embeddings have no more entries");
        return embeddings.narrow(-1, 0, dimension);
    }

    /// <summary>At least one dimension, each at least 1.</summary>
    internal static int[] Check(IReadOnlyList<int> dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        if (dimensions.Count == 0)
            throw new ArgumentException("There is no dimension; give those to cut at, such as [768, 256, 64].", nameof(dimensions));
        foreach (var dimension in dimensions)
            Require.AtLeast(dimension, 1, name: nameof(dimensions));
        return [.. dimensions];
    }

    /// <summary>The places of the dimensions that a step uses.</summary>
    private int[] Drawn()
    {
        int[] all = [.. Enumerable.Range(0, _dimensions.Length)];
        if (_generator is null)
            return all;
        _generator.NextRandom().Shuffle(all);
        return [.. all.Take(_perStep).Order()];
    }
}
