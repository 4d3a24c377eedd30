using Contrastive.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class SoftNearestNeighborsLossTests
{
    /// <summary>Equation 1 of the paper, over the rows that have a positive; relative to the nearest row, so that far rows do not underflow.</summary>
    private static double Oracle(double[][] z, long[] labels, double temperature)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var others = Enumerable.Range(0, z.Length).Where(k => k != i).ToArray();
            if (others.All(k => labels[k] != labels[i]))
                continue;
            var nearest = others.Min(k => Loops.SquaredDistance(z[i], z[k]));
            var nearestSame = others.Where(k => labels[k] == labels[i]).Min(k => Loops.SquaredDistance(z[i], z[k]));
            var (same, all) = (0.0, 0.0);
            foreach (var k in others)
            {
                all += Math.Exp((nearest - Loops.SquaredDistance(z[i], z[k])) / temperature);
                if (labels[k] == labels[i])
                    same += Math.Exp((nearestSame - Loops.SquaredDistance(z[i], z[k])) / temperature);
            }

            costs.Add(Math.Log(all) - Math.Log(same) + ((nearestSame - nearest) / temperature));
        }

        return costs.Average();
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var temperature in new[] { 0.5, 1, 4 })
        {
            using var loss = new SoftNearestNeighborsLoss(temperature).to(float64);
            Agreement.Check($"{name} {temperature}", loss.Compute, (z, y) => Oracle(z, y, loss.Temperature), embeddings, labels);
        }
    }

    [Fact]
    public void Temperature_is_learned_with_the_gradient_of_the_equation()
    {
        using var scope = NewDisposeScope();
        var (name, z, labels) = ("temperature", Cases.Random(6, 3, 1), new long[] { 0, 0, 1, 1, 2, 2 });
        using var loss = new SoftNearestNeighborsLoss(1.5).to(float64);
        loss.Compute(Agreement.Leaf(z), tensor(labels)).backward();
        double[][] logTemperature = [[Math.Log(loss.Temperature)]];
        Agreement.CheckGradient(name, () => Oracle(z, labels, Math.Exp(logTemperature[0][0])), logTemperature, loss.parameters().Single());
    }

    [Fact]
    public void Has_a_fixed_temperature_on_request()
    {
        using var loss = new SoftNearestNeighborsLoss(2, learnable: false);
        Assert.False(loss.parameters().Single().requires_grad);
        Assert.Equal(2, loss.Temperature, 6);
        Assert.Equal(["log_temperature"], loss.named_parameters().Select(parameter => parameter.name));
    }

    [Fact]
    public void Is_zero_for_one_class_only()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, new SoftNearestNeighborsLoss().Compute(randn(5, 3), zeros(5, dtype: int64)).item<float>());
    }

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new SoftNearestNeighborsLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new SoftNearestNeighborsLoss());
}
