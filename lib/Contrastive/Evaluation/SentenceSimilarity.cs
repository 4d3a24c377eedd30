using Contrastive.Data;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Semantic textual similarity, as SimCSE and SentEval measure it: Spearman's ρ between the cosines of sentence pairs and the scores that
/// people gave them. No classifier or regression is fitted; for a year of STS, the pairs of all subsets are ranked together ("all").
/// </summary>
public static class SentenceSimilarity
{
    /// <summary>Cosines that are closer together than this are equal up to rounding.</summary>
    private const double Rounding = 1e-10;

    /// <summary>ρ between the cosines of two sets of embeddings and the scores.</summary>
    /// <param name="first">The first sentence of each pair, float <c>[N, D]</c>; normalized here.</param>
    /// <param name="second">The second sentence of each pair, float <c>[N, D]</c>.</param>
    /// <param name="scores">The scores of the N pairs, at least two.</param>
    /// <returns>In [−1, 1]; NaN where all cosines are equal up to rounding (the encoder collapsed), or all scores are equal.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, or a value is not finite.</exception>
    public static double Spearman(Tensor first, Tensor second, IReadOnlyList<double> scores)
    {
        Require.Matrix(first);
        Require.Matrix(second);
        Require.SameShape(first, second);
        return Spearman(Cosines(first, second), scores);
    }

    /// <summary>ρ of an encoder on pairs; each distinct sentence is encoded once.</summary>
    /// <param name="pairs">At least two scored pairs.</param>
    /// <param name="encode">Maps N sentences to float <c>[N, D]</c>, such as <c>encoder.Encode</c>; its results are disposed here.</param>
    /// <returns>In [−1, 1]; NaN where the encoder collapsed.</returns>
    /// <exception cref="ArgumentException">The embeddings do not match the sentences, or a value is not finite.</exception>
    public static double Spearman(IReadOnlyList<ScoredPair> pairs, Func<IReadOnlyList<string>, Tensor> encode) =>
        Evaluate([new SimilarityTask("pairs", pairs)], encode).Tasks[0].Spearman;

    /// <summary>ρ of a similarity that needs no embeddings, such as word overlap.</summary>
    /// <param name="pairs">At least two scored pairs.</param>
    /// <param name="similarity">How similar two sentences are; only the order matters.</param>
    /// <returns>In [−1, 1]; NaN where all similarities are equal.</returns>
    /// <exception cref="ArgumentException">A similarity is not finite.</exception>
    public static double Spearman(IReadOnlyList<ScoredPair> pairs, Func<string, string, double> similarity) =>
        Spearman([.. pairs.Select(pair => similarity(pair.First, pair.Second))], Scores(pairs));

    /// <summary>An encoder's ρ on each task; each distinct sentence is encoded only once.</summary>
    /// <param name="tasks">At least one task.</param>
    /// <param name="encode">Maps N sentences to float <c>[N, D]</c>; its results are disposed here.</param>
    /// <exception cref="ArgumentException">There is no task, the embeddings do not match the sentences, or a value is not
    /// finite.</exception>
    public static SimilarityScores Evaluate(IReadOnlyList<SimilarityTask> tasks, Func<IReadOnlyList<string>, Tensor> encode)
    {
        Check(tasks);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = SentenceEmbeddings.Of(tasks.SelectMany(task => task.Pairs).SelectMany(pair => new[] { pair.First, pair.Second }), encode);
        return new SimilarityScores([.. tasks.Select(task => new TaskScore(task.Name, task.Pairs.Count, Score(task.Pairs, embeddings)))]);
    }

    /// <summary>A similarity's ρ on each task.</summary>
    /// <param name="tasks">At least one task.</param>
    /// <param name="similarity">How similar two sentences are; only the order matters.</param>
    /// <exception cref="ArgumentException">There is no task, or a similarity is not finite.</exception>
    public static SimilarityScores Evaluate(IReadOnlyList<SimilarityTask> tasks, Func<string, string, double> similarity)
    {
        Check(tasks);
        return new SimilarityScores([.. tasks.Select(task => new TaskScore(task.Name, task.Pairs.Count, Spearman(task.Pairs, similarity)))]);
    }

    /// <summary>The cosine of each row of <paramref name="first"/> and the same row of <paramref name="second"/>, in float64: 0
    /// where a row is zero.</summary>
    internal static double[] Cosines(Tensor first, Tensor second)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var products = Similarity.Normalize(first.to(float64)) * Similarity.Normalize(second.to(float64)); // [N, D]
        return products.sum(dim: 1).cpu().data<double>().ToArray();
    }

    private static double Score(IReadOnlyList<ScoredPair> pairs, SentenceEmbeddings embeddings)
    {
        using var scope = NewDisposeScope();
        return Spearman(Cosines(embeddings[pairs.Select(pair => pair.First)], embeddings[pairs.Select(pair => pair.Second)]), Scores(pairs));
    }

    private static double Spearman(double[] similarities, IReadOnlyList<double> scores)
    {
        var rho = Correlation.Spearman(similarities, scores);
        return similarities.Max() - similarities.Min() < Rounding ? double.NaN : rho;
    }

    private static double[] Scores(IReadOnlyList<ScoredPair> pairs) => [.. pairs.Select(pair => pair.Score)];

    private static void Check(IReadOnlyList<SimilarityTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (tasks.Count == 0)
            throw new ArgumentException("There is no task to measure; pass at least one.", nameof(tasks));
    }
}
