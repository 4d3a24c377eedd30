using Contrastive.Losses;
using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class SymmetricInfoNceLossTests
{
    private static double Oracle(double[][] query1, double[][] query2, double[][] key1, double[][] key2, double[][]? queue, double temperature)
    {
        var total = 0.0;
        foreach (var (queries, keys) in new[] { (query1, key2), (query2, key1) })
        {
            for (var i = 0; i < queries.Length; i++)
            {
                var positive = Math.Exp(Loops.Cosine(queries[i], keys[i]) / temperature);
                var all = positive;
                if (queue is null)
                {
                    for (var j = 0; j < keys.Length; j++)
                        all += j == i ? 0 : Math.Exp(Loops.Cosine(queries[i], keys[j]) / temperature);
                }
                else
                {
                    foreach (var key in queue)
                        all += Math.Exp(Loops.Cosine(queries[i], key) / temperature);
                }

                total -= Math.Log(positive / all);
            }
        }

        return total / (2 * query1.Length);
    }

    [Theory]
    [MemberData(nameof(Cases.TwoViews), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] view1, double[][] view2)
    {
        var (key1, key2) = (Cases.Random(view1.Length, view1[0].Length, 21), Cases.Random(view1.Length, view1[0].Length, 22));
        foreach (var temperature in new[] { 0.01, 0.2, 1.0 })
        {
            var loss = new SymmetricInfoNceLoss(temperature);
            Agreement.Check(
                $"{name} {temperature}",
                leaves => loss.Compute(leaves[0], leaves[1], leaves[2], leaves[3]),
                () => Oracle(view1, view2, key1, key2, null, temperature),
                view1, view2, key1, key2);
            var queue = Cases.Random(9, view1[0].Length, 5);
            Agreement.Check(
                $"{name} {temperature}, queue",
                leaves => loss.Compute(leaves[0], leaves[1], leaves[2], leaves[3], leaves[4]),
                () => Oracle(view1, view2, key1, key2, queue, temperature),
                view1, view2, key1, key2, queue);
        }
    }

    [Fact]
    public void Is_a_quarter_of_the_inverse_temperature_times_the_value_of_MoCo_v3s_code()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        const double Temperature = 0.2;
        Tensor Contrast(Tensor query, Tensor key)
        {
            var logits = Similarity.Normalize(query).mm(Similarity.Normalize(key).t()) / Temperature; // [N, N]
            return nn.functional.cross_entropy(logits, arange(query.size(0))) * (2 * Temperature);
        }

        var (query1, query2, key1, key2) = (randn(8, 4), randn(8, 4), randn(8, 4), randn(8, 4));
        var theirs = Contrast(query1, key2) + Contrast(query2, key1);
        Assert.Equal(theirs.item<float>() / (4 * Temperature), new SymmetricInfoNceLoss(Temperature).Compute(query1, query2, key1, key2).item<float>(), 1e-5);
    }

    [Fact]
    public void Equals_ln_N_and_ln_1_plus_K_for_identical_embeddings()
    {
        using var scope = NewDisposeScope();
        var same = ones(6, 4, dtype: float64);
        Assert.Equal(Math.Log(6), new SymmetricInfoNceLoss().Compute(same, same, same, same).item<double>(), 12);
        Assert.Equal(Math.Log(101), new SymmetricInfoNceLoss().Compute(same, same, same, same, ones(100, 4, dtype: float64)).item<double>(), 12);
    }

    [Fact]
    public void Leaves_no_tensor_behind_but_its_result()
    {
        using var view = randn(6, 4).requires_grad_();
        using var scope = NewDisposeScope();
        new SymmetricInfoNceLoss().Compute(view, view, view, view).backward();
        new SymmetricInfoNceLoss().Compute(view, view, view, view, view).backward();
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_bad_input()
    {
        using var scope = NewDisposeScope();
        var good = ones(4, 3);
        var loss = new SymmetricInfoNceLoss();
        BadInput.Refused("query2", () => loss.Compute(good, ones(4, 2), good, good));
        BadInput.Refused("key1", () => loss.Compute(good, good, ones(3, 3), good));
        BadInput.Refused("key2 holds NaN", () => loss.Compute(good, good, good, good * float.NaN));
        BadInput.Refused("Float64", () => loss.Compute(good, good, good, good.to(float64)));
        BadInput.Refused("at least 2", () => loss.Compute(ones(1, 3), ones(1, 3), ones(1, 3), ones(1, 3)));
        BadInput.Refused("queue", () => loss.Compute(good, good, good, good, ones(9, 2)));
        BadInput.Refused("temperature", () => _ = new SymmetricInfoNceLoss(0));
    }
}
