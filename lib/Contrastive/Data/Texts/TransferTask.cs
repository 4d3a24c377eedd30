using System.Globalization;

namespace Contrastive.Data;

/// <summary>Labeled sentences, or pairs, that a linear classifier on frozen embeddings is fitted on and tested on.</summary>
/// <param name="Name">What the task is called in tables.</param>
/// <param name="ClassNames">The name of each class, in the order of the labels.</param>
/// <param name="Train">What the classifier is fitted on.</param>
/// <param name="Test">What it is tested on; none of it is in <paramref name="Train"/>.</param>
public sealed record TransferTask(string Name, IReadOnlyList<string> ClassNames, IReadOnlyList<LabeledText> Train, IReadOnlyList<LabeledText> Test)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Train.Count:N0} + {Test.Count:N0} examples, {ClassNames.Count} classes");
}

/// <summary>A sentence, or a pair of sentences, of a known class.</summary>
/// <param name="First">The sentence, or the first of the pair (in entailment, the premise).</param>
/// <param name="Second">The second of the pair (the hypothesis); null where the class is that of one sentence.</param>
/// <param name="Label">The class, from 0.</param>
public sealed record LabeledText(string First, string? Second, int Label);
