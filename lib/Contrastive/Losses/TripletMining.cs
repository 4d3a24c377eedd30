using static TorchSharp.torch;

namespace Contrastive.Losses;

/// <summary>Which triplets of a labeled batch <see cref="TripletLoss"/> uses.</summary>
public enum TripletMining
{
    /// <summary>Every anchor with each of its positives and each negative ("batch all").</summary>
    All,

    /// <summary>Each anchor once: its farthest positive and its nearest negative ("batch hard", Hermans et al. 2017, section 2).</summary>
    Hard,

    /// <summary>Each positive pair once: the nearest negative that is farther than the positive (Schroff et al. 2015, section 3.2), or, if
    /// there is none, the farthest negative.</summary>
    SemiHard,
}

/// <summary>Positive pairs, and the negatives with which each forms triplets.</summary>
/// <param name="Anchors">int64 <c>[K]</c></param>
/// <param name="Positives">int64 <c>[K]</c></param>
/// <param name="Negatives">bool <c>[K, M]</c></param>
internal sealed record MinedPairs(Tensor Anchors, Tensor Positives, Tensor Negatives)
{
    /// <summary>Chooses by the distances <c>[N, M]</c> of anchors and candidates. Of equally distant ones the first is taken.</summary>
    public static MinedPairs Choose(TripletMining mining, Tensor distances, LabeledPairs pairs)
    {
        using var noGradient = no_grad();
        return distances.numel() == 0 ? All(pairs) : mining switch
        {
            TripletMining.All => All(pairs),
            TripletMining.Hard => Hard(distances, pairs),
            _ => SemiHard(distances, pairs),
        };
    }

    /// <summary>The triplets one by one, in the order of their anchors, positives and negatives.</summary>
    public Triplets List()
    {
        var places = Negatives.nonzero(); // [T, 2]
        var pair = places.select(1, 0);
        return new Triplets(Anchors.index_select(0, pair), Positives.index_select(0, pair), places.select(1, 1).clone());
    }

    private static MinedPairs All(LabeledPairs pairs)
    {
        var places = pairs.Positive.nonzero(); // [K, 2]
        var anchors = places.select(1, 0);
        return new MinedPairs(anchors, places.select(1, 1), pairs.Negative.index_select(0, anchors));
    }

    private static MinedPairs Hard(Tensor distances, LabeledPairs pairs)
    {
        var anchors = pairs.Positive.any(1).logical_and(pairs.Negative.any(1)).nonzero().squeeze(1); // [K]
        var farthest = distances.masked_fill(pairs.Positive.logical_not(), double.NegativeInfinity).max(1).indexes; // [N]
        var nearest = distances.masked_fill(pairs.Negative.logical_not(), double.PositiveInfinity).min(1).indexes; // [N]
        return new MinedPairs(anchors, farthest.index_select(0, anchors), Only(nearest.index_select(0, anchors), distances));
    }

    private static MinedPairs SemiHard(Tensor distances, LabeledPairs pairs)
    {
        var (anchors, positives, negative) = All(pairs);
        var toOthers = distances.index_select(0, anchors); // [K, M]
        var farther = negative.logical_and(toOthers.gt(toOthers.gather(1, positives.unsqueeze(1)))); // [K, M]
        var nearestFarther = toOthers.masked_fill(farther.logical_not(), double.PositiveInfinity).min(1).indexes; // [K]
        var farthest = toOthers.masked_fill(negative.logical_not(), double.NegativeInfinity).max(1).indexes; // [K]
        return new MinedPairs(anchors, positives, Only(where(farther.any(1), nearestFarther, farthest), distances).logical_and(negative));
    }

    // True at one candidate in each row: [K, M]
    private static Tensor Only(Tensor candidates, Tensor distances) =>
        arange(distances.size(1), device: distances.device).eq(candidates.unsqueeze(1));
}
