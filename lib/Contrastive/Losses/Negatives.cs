using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>
/// What a loss does with the negatives of a batch: which are left out, and how much the others weigh. By default each negative counts once.
/// With N anchors, M candidates, scores sᵢⱼ = similarity / τ and the anchor's positive s⁺ᵢ, a softmax loss becomes
/// <code>ℓᵢ = −log( exp(s⁺ᵢ) / (exp(s⁺ᵢ) + Σ_{j: negative, not left out} exp(sᵢⱼ + ln wᵢⱼ)) )</code>
/// An anchor whose negatives are all left out costs nothing. The anchor itself and its positive are never negatives, whatever a mask says of
/// them.
/// </summary>
/// <remarks>
/// The matrices are anchors by candidates:
/// <list type="bullet">
/// <item><see cref="NtXentLoss"/>, <see cref="DecoupledContrastiveLoss"/>, <see cref="DebiasedContrastiveLoss"/>,
/// <see cref="HardNegativeContrastiveLoss"/>: <c>[2N, 2N]</c>, the rows of the first view and then those of the second.</item>
/// <item>Other losses of two views: <c>[N, N]</c>, first view by second. <see cref="ClipLoss"/> and <see cref="SigLipLoss"/> use entry
/// (i, j) for the pair in both directions.</item>
/// <item><see cref="IQueueLoss"/>: <c>[N, K]</c>, queries by queue.</item>
/// <item><see cref="IRankingLoss"/>: <c>[N, N·(1 + H)]</c>, anchors by positives and then hard negatives, the H of anchor 0 first.</item>
/// </list>
/// The builders are in <c>Contrastive.Sampling</c>: <c>NegativeFilter</c>, <c>HardnessWeights</c>, <c>ImportanceSampling</c>,
/// <c>DuplicateMask</c>. No gradient flows into a mask or a weight. <see cref="Ids"/> and <see cref="Guide"/> are applied to one block of the
/// scores at a time; <see cref="Exclude"/> and <see cref="LogWeights"/> are held whole by whoever made them.
/// </remarks>
public sealed record Negatives
{
    /// <summary>Each negative counts once.</summary>
    public static Negatives All { get; } = new();

    /// <summary>Entries to leave out, bool <c>[N, M]</c>. <value>The default is null: none.</value></summary>
    public Tensor? Exclude { get; init; }

    /// <summary>ln w, float <c>[N, M]</c>, or <c>[M]</c> for weights that depend on the candidate alone (in both directions of <see cref="ClipLoss"/>); finite: use
    /// <see cref="Exclude"/> for a weight of zero. <value>The default is null: every w is 1.</value></summary>
    public Tensor? LogWeights { get; init; }

    /// <summary>The item (or class, or image) of each pair, integers <c>[N]</c>: pairs of equal ids are not negatives of each other. For a
    /// ranking loss also <c>[N, 1 + H]</c>, the hard negatives' ids after the positive's. <value>The default is null: all differ.</value></summary>
    public Tensor? Ids { get; init; }

    /// <summary>A second model's verdict. <value>The default is null.</value></summary>
    public Guide? Guide { get; init; }

    /// <summary>For a loss of one's own: scores with ln w added and what is left out at −∞, where it leaves any softmax and gets no gradient.
    /// The positives stay.</summary>
    /// <param name="scores">Not those of a queue. Float <c>[N, N]</c>, anchors by candidates, the positives on the diagonal; or <c>[N, N·(1 + H)]</c> with hard
    /// negatives after them, the H of anchor 0 first.</param>
    /// <returns>The same shape, attached to the autograd graph.</returns>
    /// <exception cref="ArgumentException">The scores have another shape, or the negatives do not fit them.</exception>
    /// <example><c>cross_entropy(negatives.Apply(logits), arange(n))</c></example>
    public Tensor Apply(Tensor scores)
    {
        Require.Shape(scores, "float [N, M]", "anchors by candidates");
        var (count, hardNegatives) = (scores.size(0), (scores.size(1) / scores.size(0)) - 1);
        if (hardNegatives < 0 || scores.size(1) % count != 0)
            throw new ArgumentException($"scores is {TensorText.Describe(scores)}; expected float [{count}, {count}], or a multiple of {count} columns with hard negatives.", nameof(scores));
        using var scope = NewDisposeScope();
        var rules = hardNegatives == 0
            ? NegativeRules.InBatch(this, scores)
            : new RankingRules(this, scores, hardNegatives, RankingDirections.QueryToDocument).QueryToDocument(hardNegativeWeight: 0);
        var result = scores.clone();
        rules.Apply(result);
        result.diagonal().copy_(scores.diagonal());
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The same with the sides of each pair exchanged. The matrices are of pairs by pairs, or, for a queue, stay.</summary>
    internal Negatives Exchanged(bool ofPairs) => this with
    {
        Exclude = ofPairs ? Exclude?.t() : Exclude,
        LogWeights = ofPairs && LogWeights?.dim() == 2 ? LogWeights.t() : LogWeights,
        Guide = Guide is null ? null : Guide with { Anchors = Guide.Positives, Positives = Guide.Anchors },
    };

    /// <summary>Both at once: what either leaves out is left out, and weights multiply.</summary>
    /// <param name="other">The other.</param>
    /// <exception cref="ArgumentException">Both have ids, or both have a guide.</exception>
    public Negatives And(Negatives other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Ids is not null && other.Ids is not null)
            throw new ArgumentException("Both have Ids; give them once.", nameof(other));
        if (Guide is not null && other.Guide is not null)
            throw new ArgumentException("Both have a Guide; give it once.", nameof(other));
        return new Negatives
        {
            Exclude = Exclude is { } mask && other.Exclude is { } more ? mask.logical_or(more) : Exclude ?? other.Exclude,
            LogWeights = LogWeights is { } weights && other.LogWeights is { } factors ? weights + factors : LogWeights ?? other.LogWeights,
            Ids = Ids ?? other.Ids,
            Guide = Guide ?? other.Guide,
        };
    }
}

/// <summary>
/// Leaves out the negatives that a second, better model takes for positives (Solatorio 2024, "GISTEmbed: Guided In-sample Selection of
/// Training Negatives"; the margins as in NV-Retriever, Moreira et al. 2024). With the guide's cosines g, candidate j of anchor i is left out
/// if
/// <code>gᵢⱼ > g⁺ᵢ − margin − relativeMargin · |g⁺ᵢ|</code>
/// </summary>
/// <remarks>A copy of the positive is as similar as the positive up to rounding: give both one id, or the guide a margin.</remarks>
/// <param name="Anchors">The guide's embeddings of the anchors, float <c>[N, G]</c>; for two views those of the first.</param>
/// <param name="Positives">Of the positives, <c>[N, G]</c>; of the second view.</param>
/// <param name="Others">Of the hard negatives, <c>[N, G]</c> or <c>[N, H, G]</c>, or of the queue, <c>[K, G]</c>, where the loss has them.</param>
public sealed record Guide(Tensor Anchors, Tensor Positives, Tensor? Others = null)
{
    /// <summary>The absolute margin. <value>The default is 0: a negative is left out where it is more similar than the positive.</value></summary>
    public double Margin { get; init => field = Require.NotNegative(value, nameof(Margin)); }

    /// <summary>The margin as a share of the positive's similarity. <value>The default is 0; NV-Retriever's is 0.05.</value></summary>
    public double RelativeMargin { get; init => field = Require.NotNegative(value, nameof(RelativeMargin)); }
}
