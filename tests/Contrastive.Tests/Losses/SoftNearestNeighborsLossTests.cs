using Contrastive.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class SoftNearestNeighborsLossTests
{
    /// <summary>Equation 1 of the paper, over the rows that have a positive; relative to the nearest row, so that far rows do not underflow.</summary>
    private static double Oracle(double[][] z, long[] labels, double temperature) => Oracle(z, labels, z, labels, temperature);

    private static double Oracle(double[][] z, long[] labels, double[][] c, long[] referenceLabels, double temperature)
    {
        List<double> costs = [];
        for (var i = 0; i < z.Length; i++)
        {
            var others = Loops.Others(z, i, c);
            if (others.All(k => referenceLabels[k] != labels[i]))
                continue;
            var nearest = others.Min(k => Loops.SquaredDistance(z[i], c[k]));
            var nearestSame = others.Where(k => referenceLabels[k] == labels[i]).Min(k => Loops.SquaredDistance(z[i], c[k]));
            var (same, all) = (0.0, 0.0);
            foreach (var k in others)
            {
                all += Math.Exp((nearest - Loops.SquaredDistance(z[i], c[k])) / temperature);
                if (referenceLabels[k] == labels[i])
                    same += Math.Exp((nearestSame - Loops.SquaredDistance(z[i], c[k])) / temperature);
            }

            costs.Add(Math.Log(all) - Math.Log(same) + ((nearestSame - nearest) / temperature));
        }

        return costs.DefaultIfEmpty(0).Average();
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

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_equation_against_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        using var loss = new SoftNearestNeighborsLoss(0.5).to(float64);
        Agreement.Check(name, loss, (z, y, c, k) => Oracle(z, y, c, k, loss.Temperature), embeddings, labels, references, referenceLabels);
    }

    [Fact]
    public void Keeps_its_digits_in_float32_where_it_is_nearly_solved()
    {
        using var loss = new SoftNearestNeighborsLoss(0.08);
        Precision.CheckNearlySolved(loss);
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
