using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

[Collection(DefaultGeneratorCollection.Name)]
public class MatryoshkaLossTests
{
    /// <summary>InfoNCE by cosine of queries with their keys and a queue, all cut to their first entries.</summary>
    private static double InfoNce(double[][] queries, double[][] keys, double[][] queue, double temperature, int dimension)
    {
        double Score(double[] a, double[] b) => Loops.Cosine(a[..dimension], b[..dimension]) / temperature;
        var total = 0.0;
        for (var i = 0; i < queries.Length; i++)
        {
            var positive = Math.Exp(Score(queries[i], keys[i]));
            total -= Math.Log(positive / (positive + queue.Sum(key => Math.Exp(Score(queries[i], key)))));
        }

        return total / queries.Length;
    }

    [Fact]
    public void Equals_the_equation_written_as_loops()
    {
        var (queries, keys, queue) = (Cases.Random(4, 8, 1), Cases.Random(4, 8, 2), Cases.Random(5, 8, 3));
        int[] dimensions = [8, 5, 2, 1];
        foreach (var weights in new double[]?[] { null, [1, 0.5, 2, 0.25] })
        {
            Agreement.Check(
                $"weights {weights?.Length}",
                leaves => new MatryoshkaLoss(dimensions, weights).Compute(z => new InfoNceLoss(0.2).Compute(z[0], z[1], z[2]), leaves),
                () => Enumerable.Range(0, 4).Sum(m => (weights?[m] ?? 1) * InfoNce(queries, keys, queue, 0.2, dimensions[m])),
                queries,
                keys,
                queue);
        }
    }

    public static TheoryData<string> Families =>
        ["two views", "two views in blocks", "not normalized, in blocks", "hard negatives", "hard negatives in blocks", "labeled", "distillation"];

    private static (Func<IReadOnlyList<Tensor>, Tensor> Loss, Tensor[] Embeddings) Family(string name)
    {
        var (labels, teacher) = (arange(6) / 2, randn([6, 3], float64));
        Tensor Rows(params long[] sizes) => randn(sizes, float64).requires_grad_();
        return name switch
        {
            "two views" => (z => new NtXentLoss().Compute(z[0], z[1]), [Rows(6, 8), Rows(6, 8)]),
            "two views in blocks" => (z => new NtXentLoss(blockwise: true).Compute(z[0], z[1]), [Rows(6, 8), Rows(6, 8)]),
            "not normalized, in blocks" => (z => new InfoNceLoss(1, normalize: false, blockwise: true).Compute(z[0], z[1]), [Rows(6, 8), Rows(6, 8)]),
            "hard negatives" => (z => new MultipleNegativesRankingLoss().Compute(z[0], z[1], z[2]), [Rows(6, 8), Rows(6, 8), Rows(6, 2, 8)]),
            "hard negatives in blocks" =>
                (z => new MultipleNegativesRankingLoss(1, normalize: false, blockwise: true).Compute(z[0], z[1], z[2]), [Rows(6, 8), Rows(6, 8), Rows(6, 2, 8)]),
            "labeled" => (z => new SupervisedContrastiveLoss().Compute(z[0], labels.to(int64)), [Rows(6, 8)]),
            _ => (z => new KlDistillationLoss().Compute(z[0], z[1], teacher), [Rows(6, 8), Rows(6, 3, 8)]),
        };
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Is_around_any_loss_the_sum_of_that_loss_of_copies_of_the_first_entries(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (loss, embeddings) = Family(name);
        var expected = (loss([.. embeddings.Select(z => z * 1)]) * 1.5) + (loss([.. embeddings.Select(z => z.index_select(-1, arange(3)))]) * 0.5);
        expected.backward();
        var gradients = embeddings.Select(z => z.grad!.clone()).ToArray();
        foreach (var z in embeddings)
            z.grad = null;

        var value = new MatryoshkaLoss([8, 3], [1.5, 0.5]).Compute(loss, embeddings);
        value.backward();
        Agreement.CheckValue(name, expected.item<double>(), value);
        foreach (var (gradient, z) in gradients.Zip(embeddings))
            Assert.True(gradient.allclose(z.grad!, rtol: 1e-10, atol: 1e-13));
    }

    [Fact]
    public void Draws_some_of_the_dimensions_anew_at_each_step_from_its_generator()
    {
        using var scope = NewDisposeScope();
        var z = randn(2, 8);
        int[] dimensions = [8, 4, 2, 1];
        List<string> Steps(ulong seed)
        {
            using var generator = new Generator(seed);
            var matryoshka = new MatryoshkaLoss(dimensions, weights: [1, 10, 100, 1000], dimensionsPerStep: 2, generator);
            return [.. Enumerable.Range(0, 600).Select(_ =>
            {
                var seen = new List<long>();
                var value = matryoshka.Compute(
                    cut =>
                    {
                        seen.Add(cut[0].size(1));
                        return ones([], float64);
                    },
                    z);
                Assert.Equal(seen.Sum(dimension => Math.Pow(10, Array.IndexOf(dimensions, (int)dimension))), value.item<double>());
                return string.Join(' ', seen);
            })];
        }

        var steps = Steps(1);
        Assert.Equal(steps, Steps(1));
        Assert.NotEqual(steps, Steps(2));
        var counts = steps.GroupBy(step => step).ToDictionary(group => group.Key, group => (double)group.Count());
        Assert.Equal(["2 1", "4 1", "4 2", "8 1", "8 2", "8 4"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(Tests.Sampling.Drawn.ChiSquare(counts.Values, Enumerable.Repeat(100.0, 6)), 0, 3);
    }

    [Fact]
    public void Goes_with_the_gradient_cache()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var encoder = nn.Linear(5, 8, dtype: float64);
        var (view1, view2) = (randn([10, 5], float64), randn([10, 5], float64));
        var (matryoshka, ntXent) = (new MatryoshkaLoss([8, 4, 2]), new NtXentLoss(0.2));
        var whole = matryoshka.Compute(z => ntXent.Compute(z[0], z[1]), encoder.call(view1), encoder.call(view2));
        whole.backward();
        var expected = encoder.weight!.grad!.clone();
        encoder.weight.grad = null;
        var value = new GradCache(3).Backward(
            all => matryoshka.Compute(z => ntXent.Compute(z[0], z[1]), all), EncoderPass.Of(encoder, view1), EncoderPass.Of(encoder, view2));
        Assert.Equal(whole.item<double>(), value, 12);
        Assert.True(expected.allclose(encoder.weight.grad!, rtol: 1e-10, atol: 1e-13));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var inputs = NewDisposeScope();
        var (view1, view2) = (randn(6, 4).requires_grad_(), randn(6, 4));
        using var outer = NewDisposeScope();
        new MatryoshkaLoss([4, 2]).Compute(z => new NtXentLoss().Compute(z[0], z[1]), view1, view2).backward();
        Assert.Equal(1, outer.DisposablesCount);
        Assert.False(view2.IsInvalid);
    }

    [Fact]
    public void Refuses_dimensions_and_embeddings_that_do_not_fit()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        BadInput.Refused("There is no dimension", () => _ = new MatryoshkaLoss([]));
        BadInput.Refused("dimensions is 0; expected at least 1", () => _ = new MatryoshkaLoss([8, 0]));
        BadInput.Refused("dimensions is [8, 4, 4]; expected each once, from the largest", () => _ = new MatryoshkaLoss([8, 4, 4]));
        BadInput.Refused("dimensions is [4, 8]; expected each once, from the largest", () => _ = new MatryoshkaLoss([4, 8]));
        BadInput.Refused("There are 1 weights for 2 dimensions", () => _ = new MatryoshkaLoss([8, 4], [1]));
        BadInput.Refused("weights is 0; expected a finite number above zero", () => _ = new MatryoshkaLoss([8, 4], [1, 0]));
        BadInput.Refused("dimensionsPerStep is 3; expected 1 to 2", () => _ = new MatryoshkaLoss([8, 4], dimensionsPerStep: 3, generator: generator));
        BadInput.Refused("go together", () => _ = new MatryoshkaLoss([8, 4], dimensionsPerStep: 1));
        BadInput.Refused("go together", () => _ = new MatryoshkaLoss([8, 4], generator: generator));

        void Refused(string because, params Tensor[] embeddings) =>
            BadInput.Refused(because, () => new MatryoshkaLoss([8, 4]).Compute(z => z[0].sum(), embeddings));
        Refused("There are no embeddings");
        Refused("dimension is 8; expected 1 to 6: the embeddings have no more entries", ones(3, 6));
        Refused("embeddings[1] is Float32 [3, 9], embeddings[0] Float32 [3, 8]", ones(3, 8), ones(3, 9));
        Refused("embeddings[1] is Int64 [3]; expected float", ones(3, 8), arange(3));
        BadInput.Refused("dimension is 0; expected 1 to 6", () => MatryoshkaLoss.Cut(ones(3, 6), 0));
    }
}
