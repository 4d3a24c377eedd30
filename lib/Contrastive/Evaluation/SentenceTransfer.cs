using Contrastive.Data;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>
/// What a linear classifier can read from frozen sentence embeddings (SentEval; Conneau and Kiela 2018). For a single sentence the
/// features are its embedding u, for a pair <c>[u, v, |u − v|, u ∗ v]</c> (InferSent; Conneau et al. 2017).
/// </summary>
public static class SentenceTransfer
{
    /// <summary>Fits a <see cref="LinearProbe"/> on the task's training part and returns its test accuracy, in [0, 1].</summary>
    /// <param name="task">All of its examples single sentences, or all of them pairs.</param>
    /// <param name="encode">Maps N sentences to float <c>[N, D]</c>; its results are disposed here. Each distinct sentence is
    /// encoded once.</param>
    /// <param name="l2">The probe's weight decay. <value>The default is 0.001.</value></param>
    /// <exception cref="ArgumentException">The embeddings do not match the sentences, or the task mixes sentences and pairs.</exception>
    public static double Accuracy(TransferTask task, Func<IReadOnlyList<string>, Tensor> encode, double l2 = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(task);
        var all = task.Train.Concat(task.Test).ToList();
        if (all.Select(example => example.Second is null).Distinct().Count() > 1)
            throw new ArgumentException($"'{task.Name}' holds single sentences and pairs; a probe needs one kind.", nameof(task));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = SentenceEmbeddings.Of(all.SelectMany(example => example.Second is null ? [example.First] : new[] { example.First, example.Second }), encode);
        return LinearProbe.Accuracy(Features(task.Train, embeddings), Labels(task.Train), Features(task.Test, embeddings), Labels(task.Test), l2);
    }

    /// <summary>The accuracy of always predicting the most frequent class of the training part: what a classifier must beat.</summary>
    /// <param name="task">The task.</param>
    public static double MostFrequent(TransferTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var most = task.Train.CountBy(example => example.Label).MaxBy(entry => entry.Value).Key;
        return task.Test.Count(example => example.Label == most) / (double)task.Test.Count;
    }

    private static Tensor Features(IReadOnlyList<LabeledText> examples, SentenceEmbeddings embeddings)
    {
        var u = embeddings[examples.Select(example => example.First)]; // [N, D]
        if (examples[0].Second is null)
            return u;
        var v = embeddings[examples.Select(example => example.Second!)]; // [N, D]
        return cat([u, v, (u - v).abs(), u * v], dim: 1); // [N, 4 D]
    }

    private static Tensor Labels(IReadOnlyList<LabeledText> examples) => tensor(examples.Select(example => (long)example.Label).ToArray());
}
