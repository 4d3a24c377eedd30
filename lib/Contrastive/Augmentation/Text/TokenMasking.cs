using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>
/// BERT's masking (Devlin et al. 2019, section 3.1): each token that is not special is chosen for prediction with a
/// probability of 15%; of those chosen, 80% become the mask, 10% a random token, and 10% stay.
/// </summary>
/// <remarks>The tokens that stay make an encoder retain the words that it reads. One that trains for minutes, not days, needs
/// more of them: with 40% its sentence embeddings improve in training, with 10% they get worse (lesson 03).</remarks>
public sealed class TokenMasking
{
    /// <summary>The label of a token that is not to be predicted: cross-entropy's <c>ignore_index</c>.</summary>
    public const long IgnoreIndex = -100;

    private readonly long _maskId;
    private readonly long _vocabularySize;
    private readonly long[] _specialIds;
    private readonly double _probability;
    private readonly double _random;
    private readonly double _keep;

    /// <summary>Describes the masking.</summary>
    /// <param name="maskId">The id of <c>[MASK]</c>.</param>
    /// <param name="vocabularySize">The number of ids that random tokens are drawn from.</param>
    /// <param name="specialIds">Ids that are never chosen: <c>[CLS]</c>, <c>[SEP]</c>, <c>[PAD]</c>.</param>
    /// <param name="probability">The probability that a token is chosen. <value>The default is 0.15, the paper's.</value></param>
    /// <param name="random">The share of the chosen that become a random token. <value>The default is 0.1, the paper's.</value></param>
    /// <param name="keep">The share of the chosen that stay; the others become the mask. <value>The default is 0.1, the paper's.</value></param>
    /// <exception cref="ArgumentException">The probability is not in (0, 1], the shares are negative or sum to more than 1, or the mask is
    /// not among the vocabulary's tokens.</exception>
    public TokenMasking(int maskId, int vocabularySize, IEnumerable<int> specialIds, double probability = 0.15, double random = 0.1, double keep = 0.1)
    {
        if (Require.Probability(random) + Require.Probability(keep) > 1)
            throw Require.OutOfRange(nameof(keep), keep, FormattableString.Invariant($"at most {1 - random}: with random they are shares of one whole"));
        if (Require.Probability(probability) == 0)
            throw Require.OutOfRange(nameof(probability), probability, "a number above 0, at most 1");
        Require.Between(maskId, 0, vocabularySize - 1, "the ids of the tokens");
        _maskId = maskId;
        _vocabularySize = vocabularySize;
        _specialIds = [.. specialIds.Select(id => (long)id)];
        (_probability, _random, _keep) = (probability, random, keep);
    }

    /// <summary>Masks a batch; the batch itself stays as it is.</summary>
    /// <param name="inputIds">Token ids, int64 <c>[B, T]</c>.</param>
    /// <param name="generator">The source of randomness; one on the CPU works for any device.</param>
    /// <returns>The masked ids and the labels (<see cref="IgnoreIndex"/> where a token is not to be predicted), both <c>[B, T]</c>.</returns>
    public (Tensor InputIds, Tensor Labels) Apply(Tensor inputIds, Generator generator)
    {
        using var scope = NewDisposeScope();
        var drawn = Uniform(inputIds, generator);
        var chosen = drawn < _probability;
        foreach (var special in _specialIds)
            chosen.logical_and_(inputIds.ne(special));
        // A second draw decides what each becomes: the mask, a random token, or itself.
        var replacement = Uniform(inputIds, generator);
        var random = randint(0, _vocabularySize, inputIds.shape, dtype: ScalarType.Int64, device: generator.device, generator: generator).to(inputIds.device);
        var labels = inputIds.masked_fill(chosen.logical_not(), IgnoreIndex);
        var masked = where(chosen.logical_and(replacement < 1 - _keep), where(replacement < 1 - _keep - _random, full_like(inputIds, _maskId), random), inputIds);
        return (masked.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }

    private static Tensor Uniform(Tensor inputIds, Generator generator) =>
        rand(inputIds.shape, dtype: ScalarType.Float32, device: generator.device, generator: generator).to(inputIds.device);
}
