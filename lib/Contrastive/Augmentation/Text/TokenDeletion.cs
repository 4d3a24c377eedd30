using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// Removes each token of a sequence with a given probability, except special tokens: deletion as augmentation (Gao et al. 2021, "SimCSE",
/// table 1), on word pieces instead of words, so that punctuation and the parts of a rare word are removed individually.
/// </summary>
public sealed class TokenDeletion
{
    private readonly double _probability;
    private readonly HashSet<int> _specialIds;

    /// <summary>Describes the deletion.</summary>
    /// <param name="probability">The probability that a token is deleted, in [0, 1). <value>The paper tries 0.1 to 0.3, on
    /// words.</value></param>
    /// <param name="specialIds">Ids that always stay: <c>[CLS]</c>, <c>[SEP]</c>, <c>[PAD]</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1).</exception>
    public TokenDeletion(double probability, IEnumerable<int> specialIds)
    {
        Require.Fraction(probability);
        _probability = probability;
        _specialIds = [.. specialIds];
    }

    /// <summary>The ids that stay, in order; if all tokens that are not special would be deleted, one drawn uniformly stays.</summary>
    /// <param name="ids">Token ids of one sequence.</param>
    /// <param name="generator">The source of randomness, on the CPU.</param>
    public IReadOnlyList<int> Apply(IReadOnlyList<int> ids, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var random = generator.NextRandom();
        var deletable = Enumerable.Range(0, ids.Count).Where(i => !_specialIds.Contains(ids[i])).ToArray();
        var deleted = deletable.Where(_ => random.NextDouble() < _probability).ToHashSet();
        if (deleted.Count > 0 && deleted.Count == deletable.Length)
            deleted.Remove(deletable[random.Next(deletable.Length)]);
        return [.. Enumerable.Range(0, ids.Count).Where(i => !deleted.Contains(i)).Select(i => ids[i])];
    }
}
