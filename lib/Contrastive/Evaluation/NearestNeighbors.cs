using Contrastive.Retrieval;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// Weighted nearest-neighbor classification of frozen features (Wu et al. 2018, "Unsupervised Feature Learning via Non-Parametric
/// Instance Discrimination", section 3.4). The k training examples closest by cosine vote for their class c:
/// <code>w_c = Σ_{i in the k neighbors} exp(cos(f, fᵢ) / τ) · 1(cᵢ = c)</code>
/// Nothing is trained, so it can be measured after every epoch. It is usually a few points below the linear probe.
/// </summary>
public static class NearestNeighbors
{
    /// <summary>The class with the largest vote for each query; ties go to the lowest class.</summary>
    /// <param name="features">Features of labeled examples, float <c>[N, D]</c>; normalized here.</param>
    /// <param name="labels">Their classes, int64 <c>[N]</c>, from 0.</param>
    /// <param name="queries">Features to classify, float <c>[Q, D]</c>.</param>
    /// <param name="neighbors">k, at most N. <value>The default is 200, the usual protocol; use fewer with small training
    /// sets.</value></param>
    /// <param name="temperature">τ, above zero. <value>The default is 0.07, the paper's.</value></param>
    /// <returns>int64 <c>[Q]</c> on the features' device.</returns>
    /// <exception cref="ArgumentException">The shapes do not match, a value is not finite, there are fewer than k examples, or the
    /// temperature is not above zero.</exception>
    public static Tensor Predict(Tensor features, Tensor labels, Tensor queries, int neighbors = 200, double temperature = 0.07)
    {
        Require.Matrix(features);
        Require.Classes(labels, features);
        Require.Matrix(queries);
        Require.SameWidth(features, queries);
        Require.Between(neighbors, 1, features.size(0), "there are no more training features");
        Require.Positive(temperature);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var classes = labels.max().item<long>() + 1;
        var (similarity, nearest) = ExactSearch.TopK(Similarity.Normalize(queries), Similarity.Normalize(features), neighbors); // [Q, K]
        // Dividing a row by its largest vote changes no winner and keeps exp from overflowing at low temperatures.
        var weights = ((similarity - similarity.narrow(1, 0, 1)).to(float64) / temperature).exp_();
        var voters = labels.to(features.device).index_select(0, nearest.reshape(-1)).reshape(nearest.shape); // [Q, K]
        var votes = zeros([queries.size(0), classes], float64, features.device).scatter_add_(1, voters, weights); // [Q, classes]
        return votes.argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of test examples whose class the vote gets right, in [0, 1].</summary>
    /// <param name="features">Features of the training set, float <c>[N, D]</c>.</param>
    /// <param name="labels">Classes of the training set, int64 <c>[N]</c>, from 0.</param>
    /// <param name="testFeatures">Features of the test set by the same encoder, float <c>[Q, D]</c>.</param>
    /// <param name="testLabels">Classes of the test set, int64 <c>[Q]</c>.</param>
    /// <param name="neighbors">k, at most N. <value>The default is 200, the usual protocol; use fewer with small training
    /// sets.</value></param>
    /// <param name="temperature">τ, above zero. <value>The default is 0.07, the paper's.</value></param>
    /// <exception cref="ArgumentException">As for <see cref="Predict"/>.</exception>
    public static double Accuracy(
        Tensor features, Tensor labels, Tensor testFeatures, Tensor testLabels, int neighbors = 200, double temperature = 0.07)
    {
        Require.Matrix(testFeatures);
        Require.Classes(testLabels, testFeatures);
        using var scope = NewDisposeScope();
        return Agreement.Share(Predict(features, labels, testFeatures, neighbors, temperature), testLabels);
    }
}
