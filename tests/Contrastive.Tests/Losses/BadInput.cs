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
    }

    public static void Refused(string because, Action action) =>
        Assert.Contains(because, Assert.ThrowsAny<ArgumentException>(action).Message);
}
