using System.Globalization;

namespace Contrastive.Data;

/// <summary>All the text that a lesson on sentence embeddings needs: what it trains on and what it is evaluated on.</summary>
public sealed record TextSet
{
    /// <summary>What the set is called in tables and titles.</summary>
    public required string Name { get; init; }

    /// <summary>Distinct sentences, for training without labels.</summary>
    public required IReadOnlyList<string> Sentences { get; init; }

    /// <summary>Sentences with one that they entail and one that contradicts them, for training with labels.</summary>
    public required IReadOnlyList<SentenceTriplet> Triplets { get; init; }

    /// <summary>Scored pairs for choosing settings and checkpoints.</summary>
    public required IReadOnlyList<ScoredPair> Development { get; init; }

    /// <summary>Scored pairs for the reported figures.</summary>
    public required IReadOnlyList<ScoredPair> Test { get; init; }

    /// <summary>The similarity tasks, for reporting only: for real data the papers' seven, for the generated world
    /// <see cref="Test"/> split by what its pairs require of an encoder.</summary>
    public required IReadOnlyList<SimilarityTask> Tasks { get; init; }

    /// <summary>Labeled sentences and pairs for linear classifiers on frozen embeddings.</summary>
    public required IReadOnlyList<TransferTask> Transfer { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}: {Sentences.Count:N0} sentences, {Triplets.Count:N0} triplets, {Development.Count:N0} + {Test.Count:N0} scored pairs, {Tasks.Count} similarity and {Transfer.Count} transfer tasks");
}
