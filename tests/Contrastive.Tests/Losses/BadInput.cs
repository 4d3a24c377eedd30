using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What every loss of a family rejects, and that the message says which argument and why.</summary>
internal static class BadInput
{
    public static void CheckTwoViews(ITwoViewLoss loss)
    {
        using var scope = NewDisposeScope();
        Refused("expected at least 2 rows", () => loss.Compute(ones(1, 3), ones(1, 3)));
        Refused("[4, 2]", () => loss.Compute(ones(4, 3), ones(4, 2)));
        Refused("[3, 3]", () => loss.Compute(ones(4, 3), ones(3, 3)));
        Refused("[12]", () => loss.Compute(ones(12), ones(12)));
        Refused("NaN", () => loss.Compute(ones(4, 3), ones(4, 3) * float.NaN));
        Refused("NaN", () => loss.Compute(ones(4, 3) / 0, ones(4, 3)));
        Refused("Int64", () => loss.Compute(ones(4, 3, dtype: int64), ones(4, 3, dtype: int64)));
        Refused("Float64", () => loss.Compute(ones(4, 3), ones(4, 3, dtype: float64)));
    }

    public static void CheckLabeled(ILabeledLoss loss)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 0, 1, 1 });
        Refused("expected at least 2 rows", () => loss.Compute(ones(1, 3), tensor(new long[] { 0 })));
        Refused("[5]", () => loss.Compute(ones(4, 3), zeros(5, dtype: int64)));
        Refused("[12]", () => loss.Compute(ones(12), zeros(12, dtype: int64)));
        Refused("positive", () => loss.Compute(ones(4, 3), arange(4)));
        Refused("NaN", () => loss.Compute(ones(4, 3) * float.NaN, labels));
        Refused("integer", () => loss.Compute(ones(4, 3), labels.to(float32)));
        CheckAgainst(loss, labels);
    }

    private static void CheckAgainst(ILabeledLoss loss, Tensor labels)
    {
        var z = ones(4, 3);
        var some = zeros(6, dtype: int64);
        Refused("embeddings", () => loss.Compute(ones(0, 3), zeros(0, dtype: int64), ones(6, 3), some));
        Refused("[5]", () => loss.Compute(z, zeros(5, dtype: int64), ones(6, 3), some));
        Refused("[6, 2]", () => loss.Compute(z, labels, ones(6, 2), some));
        Refused("[18]", () => loss.Compute(z, labels, ones(18), some));
        Refused("references is Float64", () => loss.Compute(z, labels, ones(6, 3, dtype: float64), some));
        Refused("references holds NaN", () => loss.Compute(z, labels, ones(6, 3) * float.NaN, some));
        Refused("referenceLabels is Int64 [4]", () => loss.Compute(z, labels, ones(6, 3), labels));
        Refused("integers [6]", () => loss.Compute(z, labels, ones(6, 3), ones(6)));
    }

    public static void CheckPairs(IPairLoss loss)
    {
        using var scope = NewDisposeScope();
        var similar = tensor(new[] { true, false, true, true });
        Refused("[4, 2]", () => loss.Compute(ones(4, 3), ones(4, 2), similar));
        Refused("empty", () => loss.Compute(ones(0, 3), ones(0, 3), zeros(0, dtype: @bool)));
        Refused("NaN", () => loss.Compute(ones(4, 3), ones(4, 3) * float.NaN, similar));
        Refused("Float64", () => loss.Compute(ones(4, 3), ones(4, 3, dtype: float64), similar));
        Refused("expected Bool [3]", () => loss.Compute(ones(3, 3), ones(3, 3), similar));
        Refused("isSimilar is Float32 [4]; expected integers [4], 1 for a similar pair", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4)));
        Refused("isSimilar holds -1; expected 1 for a similar pair and 0", () => loss.Compute(ones(4, 3), ones(4, 3), tensor(new long[] { 1, -1, 1, 1 })));
    }

    public static void CheckTriplets(ITripletLoss loss)
    {
        using var scope = NewDisposeScope();
        Refused("positives is Float32 [3, 3]", () => loss.Compute(ones(4, 3), ones(3, 3), ones(4, 3)));
        Refused("negatives is Float32 [4, 2]", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 2)));
        Refused("empty", () => loss.Compute(ones(0, 3), ones(0, 3), ones(0, 3)));
        Refused("negatives holds NaN", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 3) / 0));
        Refused("Float64", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 3, dtype: float64)));
    }

    public static void Refused(string because, Action action) =>
        Assert.Contains(because, Assert.ThrowsAny<ArgumentException>(action).Message);
}
