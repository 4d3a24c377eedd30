using Contrastive.Torch;
using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>A set in three parts: questions to train on, to develop with and to test on (see <see cref="RetrievalData.LoadSplits"/>).</summary>
public sealed record RetrievalSplits
{
    /// <summary>What the set is called in tables and titles.</summary>
    public required string Name { get; init; }

    /// <summary>The questions to train on, with the passages to train on, in which negatives are looked for.</summary>
    public required RetrievalSet Training { get; init; }

    /// <summary>The questions to develop with: to choose an encoder or a setting. The passages are those of <see cref="Test"/>.</summary>
    public required RetrievalSet Development { get; init; }

    /// <summary>The questions to test on, with the whole corpus.</summary>
    public required RetrievalSet Test { get; init; }

    /// <summary>The hard negatives that came with the training data: by the query's id the ids of passages of <see cref="Training"/>, the
    /// hardest first, none of them relevant to it. Each training query is in it, a list may be empty. Null where the data has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? HardNegatives { get; init; }

    /// <summary>What the reader met that a user should know, one sentence each: how the parts were made, what was left out. The parts have
    /// <see cref="RetrievalSet.Notes"/> of their own.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString()
    {
        var toTrain = Training.Passages.Count == Test.Passages.Count ? "" : Invariant($", {Training.Passages.Count:N0} of them to train on");
        return $"{Name}: {Counted.Of(Test.Passages.Count, "passage")}{toTrain}; "
            + Invariant($"{Counted.Of(Training.Queries.Count, "question")} to train, {Development.Queries.Count:N0} to develop and {Test.Queries.Count:N0} to test on");
    }
}
