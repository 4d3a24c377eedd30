using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Tests.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class NegativesTests
{
    [Fact]
    public void The_duplicate_mask_is_true_where_another_row_has_the_same_id()
    {
        using var scope = NewDisposeScope();
        long[] ids = [5, 3, 5, 9, 3, 5];
        var mask = DuplicateMask.Of(tensor(ids)).data<bool>().ToArray();
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
                Assert.Equal(i != j && ids[i] == ids[j], mask[(i * 6) + j]);
        }

        BadInput.Refused("integers [N]", () => DuplicateMask.Of(ones(3)));
        BadInput.Refused("integers [N]", () => DuplicateMask.Negatives(ones(3)));
    }

    [Fact]
    public void The_class_prior_is_the_share_of_equal_pairs()
    {
        using var scope = NewDisposeScope();
        var labels = Numbers.Labels(40, 5, 1);
        var equal = Enumerable.Range(0, 40).Sum(i => Enumerable.Range(0, 40).Count(j => i != j && labels[i] == labels[j]));
        Assert.Equal(equal / (40.0 * 39), FalseNegatives.ClassPrior(tensor(labels)), 1e-12);
        Assert.Equal(0, FalseNegatives.ClassPrior(arange(9, int64)));
        Assert.Equal(25.5, FalseNegatives.Expected(0.1, 255), 1e-12);
        Assert.Equal(0.19, FalseNegatives.ChanceOfAny(0.1, 2), 1e-12);
        BadInput.Refused("[0, 1]", () => FalseNegatives.Expected(1.5, 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Importance_sampling_draws_by_the_softmax_of_similarity(double beta)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        double[] row = [0.9, -0.2, 0.4, 0.1, 0.7];
        var similarities = Numbers.Matrix([.. Enumerable.Repeat(row, 20000)]);
        var exclude = zeros_like(similarities, dtype: ScalarType.Bool);
        exclude[.., 4] = true;
        double[] chances = [.. row.Select((s, j) => j == 4 ? 0 : Math.Exp(beta * s))];
        chances = [.. chances.Select(chance => chance / chances.Sum())];

        Assert.Equal(chances, ImportanceSampling.Probabilities(similarities[..1], beta, exclude[..1]).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        var drawn = ImportanceSampling.Draw(similarities, 2, beta, generator, exclude);
        Assert.Equal([20000, 2], drawn.shape);
        Assert.Equal(0, (drawn[.., 0] == drawn[.., 1]).sum().item<long>());
        var first = drawn[.., 0].contiguous().data<long>().ToArray().GroupBy(j => j).OrderBy(group => group.Key).Select(group => (double)group.Count());
        Assert.InRange(Drawn.ChiSquare(first, chances.Take(4).Select(chance => chance * 20000)), 0.02, 3.8);
        // The second, given the first, is drawn from the rest by the same weights.
        var second = Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 4).Where(i => i != j).Sum(i => chances[i] * chances[j] / (1 - chances[i])) * 20000);
        var counts = drawn[.., 1].contiguous().data<long>().ToArray().GroupBy(j => j).OrderBy(group => group.Key).Select(group => (double)group.Count());
        Assert.InRange(Drawn.ChiSquare(counts, second), 0.02, 3.8);
    }

    [Fact]
    public void Hardness_weights_average_1_over_the_negatives_of_a_row()
    {
        using var scope = NewDisposeScope();
        var similarities = Numbers.Normal(4, 6, 1);
        var exclude = zeros(4, 6, dtype: ScalarType.Bool);
        exclude[1, 2] = true;
        var weights = Numbers.Rows(HardnessWeights.Of(Numbers.Matrix(similarities), 1.5, exclude));
        for (var i = 0; i < 4; i++)
        {
            var negatives = Enumerable.Range(0, 6).Where(j => (i, j) != (1, 2)).ToArray();
            var mean = negatives.Average(j => Math.Exp(1.5 * similarities[i][j]));
            Assert.All(negatives, j => Assert.Equal(Math.Exp(1.5 * similarities[i][j]) / mean, weights[i][j], 1e-12));
        }

        Assert.Equal(0, weights[1][2]);
        Assert.True(HardnessWeights.Of(Numbers.Matrix(similarities), 0).allclose(ones(4, 6, dtype: float64)));
    }

    [Fact]
    public void The_filter_leaves_out_the_very_easy_and_the_suspected_positives()
    {
        using var scope = NewDisposeScope();
        var similarities = Numbers.Matrix([[0.79, 0.77, 0.75, 0.1, -0.5], [0.0, -0.2, -0.2101, -0.3, -0.9]]);
        var keep = NegativeFilter.Keep(similarities, tensor(new[] { 0.8, -0.2 }), easiest: -0.4);
        Assert.Equal([false, false, true, true, false, false, false, true, true, false], keep.data<bool>().ToArray());
        Assert.Equal([true, true, true, true, true], NegativeFilter.Keep(similarities, tensor(new[] { 0.8, -0.2 }), fraction: 1)[0].data<bool>().ToArray());
    }

    [Fact]
    public void Each_choice_is_one_argument_of_a_loss()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (queries, keys) = (Numbers.Normal(5, 3, 1), Numbers.Normal(5, 3, 2));
        double[][] cosines = [.. queries.Select(query => keys.Select(key => Loops.Cosine(query, key)).ToArray())];
        var similarities = Numbers.Matrix(cosines);
        var itself = eye(5, dtype: ScalarType.Bool);

        double Expected(Func<int, int, double> weight) => Enumerable.Range(0, 5).Average(i =>
        {
            var positive = Math.Exp(cosines[i][i]);
            return -Math.Log(positive / (positive + Enumerable.Range(0, 5).Where(j => j != i).Sum(j => weight(i, j) * Math.Exp(cosines[i][j]))));
        });
        double Actual(Negatives negatives) => new InfoNceLoss(temperature: 1).Compute(Numbers.Matrix(queries), Numbers.Matrix(keys), negatives).item<double>();

        var weights = Numbers.Rows(HardnessWeights.Of(similarities, 1.5, itself));
        Assert.Equal(Expected((i, j) => weights[i][j]), Actual(HardnessWeights.Negatives(similarities, 1.5, itself)), 1e-12);

        var positives = similarities.diagonal().clone();
        var keep = NegativeFilter.Keep(similarities, positives, easiest: -0.5);
        Assert.Equal(Expected((i, j) => keep[i, j].item<bool>() ? 1 : 0), Actual(NegativeFilter.Negatives(similarities, positives, easiest: -0.5)), 1e-12);

        long[] ids = [0, 1, 0, 2, 1];
        Assert.Equal(Expected((i, j) => ids[i] == ids[j] ? 0 : 1), Actual(DuplicateMask.Negatives(tensor(ids))), 1e-12);

        var drawn = ImportanceSampling.Negatives(similarities, 2, 1, generator, itself);
        Assert.Equal([2, 2, 2, 2, 2], drawn.Exclude!.logical_not().sum(dim: 1).data<long>().ToArray());
        Assert.False(drawn.Exclude!.logical_not().logical_and(itself).any().item<bool>());
        Assert.Equal(Expected((i, j) => drawn.Exclude![i, j].item<bool>() ? 0 : 1), Actual(drawn), 1e-12);
    }

    [Fact]
    public void Mining_finds_the_most_alike_items_outside_the_anchor_s_group()
    {
        using var scope = NewDisposeScope();
        var (anchors, items) = (Numbers.Normal(10, 4, 1), Numbers.Normal(50, 4, 2));
        var (anchorGroups, itemGroups) = (Numbers.Labels(10, 3, 3), Numbers.Labels(50, 3, 4));
        foreach (var skip in new[] { 0, 2 })
        {
            var mined = NegativeMining.Hardest(Numbers.Matrix(anchors), Numbers.Matrix(items), 5, tensor(anchorGroups), tensor(itemGroups), skip);
            for (var q = 0; q < 10; q++)
            {
                var expected = Enumerable.Range(0, 50).Where(i => itemGroups[i] != anchorGroups[q])
                    .OrderByDescending(i => Loops.Cosine(anchors[q], items[i])).Skip(skip).Take(5).Select(i => (long)i);
                Assert.Equal(expected, mined[q].data<long>().ToArray());
            }
        }

        BadInput.Refused("fewer than 3 items", () => NegativeMining.Hardest(ones(1, 2), ones(4, 2), 3, tensor(new long[] { 0 }), tensor(new long[] { 0, 0, 1, 1 })));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var all = ones(2, 3, dtype: ScalarType.Bool);
        BadInput.Refused("0 candidate(s)", () => ImportanceSampling.Probabilities(zeros(2, 3), 1, all));
        BadInput.Refused("fewer than the 4", () => ImportanceSampling.Draw(zeros(2, 3), 4, 1, generator));
        BadInput.Refused("beta is -1", () => HardnessWeights.Of(zeros(2, 3), -1));
        BadInput.Refused("expected Bool [2, 3]", () => HardnessWeights.Of(zeros(2, 3), 1, zeros(2, 3)));
        BadInput.Refused("NaN", () => HardnessWeights.Of(zeros(2, 3) * float.NaN, 1));
        BadInput.Refused("one similarity for each anchor", () => NegativeFilter.Keep(zeros(2, 3), zeros(3)));
    }
}
