using Contrastive.Torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Removes each token of a sequence with a probability, special tokens excepted: deletion as augmentation (Gao et al. 2021, "SimCSE",
/// table 1), on word pieces instead of words, so that punctuation and the parts of a rare word go one by one.
/// </summary>
public sealed class TokenDeletion
{
    private readonly double _probability;
    private readonly HashSet<int> _specialIds;

    /// <summary>Describes the deletion.</summary>
    /// <param name="probability">How likely a token goes, in [0, 1). <value>The paper tries 0.1 to 0.3, on words.</value></param>
    /// <param name="specialIds">Ids that always stay: <c>[CLS]</c>, <c>[SEP]</c>, <c>[PAD]</c>.</param>
    /// <exception cref="ArgumentException">The probability is not in [0, 1).</exception>
    public TokenDeletion(double probability, IEnumerable<int> specialIds)
    {
        Require.Fraction(probability);
        _probability = probability;
        _specialIds = [.. specialIds];
    }

    /// <summary>The ids that stay, in their order; where all others would go, one of them, drawn evenly, stays.</summary>
    /// <param name="ids">Token ids of one sequence.</param>
    /// <param name="random">The source of chance.</param>
    public IReadOnlyList<int> Apply(IReadOnlyList<int> ids, Random random)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(random);
        var deletable = Enumerable.Range(0, ids.Count).Where(i => !_specialIds.Contains(ids[i])).ToArray();
        var deleted = deletable.Where(_ => random.NextDouble() < _probability).ToHashSet();
        if (deleted.Count > 0 && deleted.Count == deletable.Length)
            deleted.Remove(deletable[random.Next(deletable.Length)]);
        return [.. Enumerable.Range(0, ids.Count).Where(i => !deleted.Contains(i)).Select(i => ids[i])];
    }
}
