using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class ConfusionMatrixTests
{
    private static readonly string[] Names = ["cat", "dog", "emu"];

    [Fact]
    public void Counts_actual_by_row_and_predicted_by_column()
    {
        using var scope = NewDisposeScope();
        var matrix = ConfusionMatrix.Of(tensor(new long[] { 0, 0, 1, 0, 0, 1 }), tensor(new long[] { 0, 0, 1, 1, 1, 0 }), Names);
        Assert.Equal(new long[,] { { 2, 2, 0 }, { 1, 1, 0 }, { 0, 0, 0 } }, matrix.Counts);
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal([0.5, 0.5, double.NaN], matrix.Recall);
        Assert.Equal([2 / 3.0, 1 / 3.0, double.NaN], matrix.Precision);
        Assert.Equal(("cat", "dog", 2L), matrix.WorstConfusion());
        Assert.Equal("actual  cat  dog  emu\ncat       2    2    0\ndog       1    1    0\nemu       0    0    0", matrix.ToString());
    }

    [Fact]
    public void Without_a_mistake_there_is_no_worst_confusion()
    {
        using var labels = tensor(new long[] { 0, 1, 2 });
        Assert.Null(ConfusionMatrix.Of(labels, labels, Names).WorstConfusion());
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var labels = arange(3);
        BadInput.Refused("use 0 to 1", () => ConfusionMatrix.Of(labels, labels, ["cat", "dog"]));
        BadInput.Refused("2 predictions for 3 labels", () => ConfusionMatrix.Of(labels, labels[..2], Names));
        BadInput.Refused("expected Int64", () => ConfusionMatrix.Of(labels.to(float32), labels, Names));
    }
}
