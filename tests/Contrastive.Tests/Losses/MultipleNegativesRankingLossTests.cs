using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class MultipleNegativesRankingLossTests
{
    /// <summary>Hard negatives [N][H][D]; ids [N][1 + H] or null.</summary>
    private static double Oracle(double[][] anchors, double[][] positives, double[][][] hard, double temperature, bool normalize, double weight, long[][]? ids = null)
    {
        double Score(double[] a, double[] b) => (normalize ? Loops.Cosine(a, b) : Loops.Dot(a, b)) / temperature;
        var total = 0.0;
        for (var i = 0; i < anchors.Length; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < anchors.Length; j++)
            {
                if (j == i || ids is null || ids[i][0] != ids[j][0])
                    sum += Math.Exp(Score(anchors[i], positives[j]));
                for (var h = 0; h < (hard.Length == 0 ? 0 : hard[j].Length); h++)
                {
                    if (ids is null || ids[j].Length == 1 || ids[i][0] != ids[j][1 + h])
                        sum += Math.Exp(Score(anchors[i], hard[j][h]) + (i == j ? weight : 0));
                }
            }

            total -= Math.Log(Math.Exp(Score(anchors[i], positives[i])) / sum);
        }

        return total / anchors.Length;
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] anchors, double[][] positives)
    {
        var hard = Cases.Random(anchors.Length, anchors[0].Length, 77);
        double[][][] onePerAnchor = [.. hard.Select(row => new[] { row })];
        foreach (var (temperature, normalize, weight) in new[] { (0.01, true, 0.0), (0.05, true, 1.5), (1.0, false, -2.0) })
        {
            var loss = new MultipleNegativesRankingLoss(temperature, weight, normalize: normalize);
            Agreement.Check($"{name} {temperature}", loss.Compute, (a, b) => Oracle(a, b, [], temperature, normalize, weight), anchors, positives);
            Agreement.Check(
                $"{name} {temperature}, hard negatives",
                leaves => loss.Compute(leaves[0], leaves[1], leaves[2]),
                () => Oracle(anchors, positives, onePerAnchor, temperature, normalize, weight),
                anchors,
                positives,
                hard);
        }
    }

    [Fact]
    public void Takes_several_hard_negatives_for_each_anchor()
    {
        var (anchors, positives, first, second) = (Cases.Random(4, 3, 1), Cases.Random(4, 3, 2), Cases.Random(4, 3, 3), Cases.Random(4, 3, 4));
        double[][][] hard = [.. first.Zip(second).Select(pair => new[] { pair.First, pair.Second })];
        Agreement.Check(
            "two each",
            leaves => new MultipleNegativesRankingLoss(0.1, hardNegativeWeight: 1).Compute(leaves[0], leaves[1], stack([leaves[2], leaves[3]], dim: 1)),
            () => Oracle(anchors, positives, hard, 0.1, true, 1),
            anchors,
            positives,
            first,
            second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_anchors_own_item_is_never_its_negative(bool blockwise)
    {
        var (anchors, positives, hard) = (Cases.Random(5, 3, 1), Cases.Random(5, 3, 2), Cases.Random(5, 3, 3));
        long[][] ids = [[0, 1], [1, 9], [0, 8], [2, 2], [3, 0]]; // item 0 twice, item 1 also a hard negative, row 3's is its own positive
        double[][][] onePerAnchor = [.. hard.Select(row => new[] { row })];
        var loss = new MultipleNegativesRankingLoss(0.1, hardNegativeWeight: 0.5, blockwise: blockwise);
        Agreement.Check(
            "ids of all",
            leaves => loss.Compute(leaves[0], leaves[1], leaves[2], new Negatives { Ids = tensor(ids.SelectMany(row => row).ToArray(), [5, 2]) }),
            () => Oracle(anchors, positives, onePerAnchor, 0.1, true, 0.5, ids),
            anchors,
            positives,
            hard);
        long[][] ofPositives = [.. ids.Select(row => row[..1])];
        Agreement.Check(
            "ids of positives",
            leaves => loss.Compute(leaves[0], leaves[1], leaves[2], new Negatives { Ids = tensor(ofPositives.SelectMany(row => row).ToArray()) }),
            () => Oracle(anchors, positives, onePerAnchor, 0.1, true, 0.5, ofPositives),
            anchors,
            positives,
            hard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Costs_nothing_where_all_rows_are_one_item(bool blockwise)
    {
        using var scope = NewDisposeScope();
        var anchors = randn(4, 3).requires_grad_();
        var loss = new MultipleNegativesRankingLoss(blockwise: blockwise).Compute(anchors, randn(4, 3), null, new Negatives { Ids = zeros(4, dtype: int64) });
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.Equal(0, anchors.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Equals_ln_N_for_identical_embeddings_and_ln_2N_with_hard_negatives()
    {
        using var scope = NewDisposeScope();
        var same = ones(6, 3, dtype: float64);
        Assert.Equal(Math.Log(6), new MultipleNegativesRankingLoss().Compute(same, same).item<double>(), 12);
        Assert.Equal(Math.Log(12), new MultipleNegativesRankingLoss().Compute(same, same, same).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckTwoViews(new MultipleNegativesRankingLoss());

    [Fact]
    public void Refuses_bad_input()
    {
        var loss = new MultipleNegativesRankingLoss();
        BadInput.CheckTwoViews(loss);
        using var scope = NewDisposeScope();
        BadInput.Refused("[3, 3]", () => loss.Compute(ones(4, 3), ones(4, 3), ones(3, 3)));
        BadInput.Refused("[4, 2]", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 2)));
        BadInput.Refused("hardNegatives holds NaN", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 3) * float.NaN));
        BadInput.Refused("[4, 3]", () => loss.Compute(ones(4, 3), ones(4, 3), ones(4, 3), new Negatives { Ids = ones(4, 3, dtype: int64) }));
        BadInput.Refused("integer", () => loss.Compute(ones(4, 3), ones(4, 3), null, new Negatives { Ids = ones(4) }));
    }
}
