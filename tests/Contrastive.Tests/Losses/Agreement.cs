using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>Value and gradient of a loss against a float64 oracle; the oracle's gradient by central differences of fourth order.</summary>
internal static class Agreement
{
    private const double ValueTolerance = 1e-9;

    public static void Check(string name, Func<Tensor, Tensor, Tensor> loss, Func<double[][], double[][], double> oracle, double[][] first, double[][] second) =>
        Check(name, leaves => loss(leaves[0], leaves[1]), () => oracle(first, second), first, second);

    public static void Check(string name, Func<Tensor, Tensor, Tensor> loss, Func<double[][], long[], double> oracle, double[][] embeddings, long[] labels) =>
        Check(name, leaves => loss(leaves[0], tensor(labels)), () => oracle(embeddings, labels), embeddings);

    public static void Check(
        string name, ILabeledLoss loss, Func<double[][], long[], double[][], long[], double> oracle,
        double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels) =>
        Check(
            name, leaves => loss.Compute(leaves[0], tensor(labels), leaves[1], tensor(referenceLabels)),
            () => oracle(embeddings, labels, references, referenceLabels), embeddings, references);

    /// <summary>The oracle reads the inputs' arrays, whose numbers are perturbed one at a time.</summary>
    public static void Check(string name, Func<Tensor[], Tensor> loss, Func<double> oracle, params double[][][] inputs)
    {
        using var scope = NewDisposeScope();
        var leaves = inputs.Select(Leaf).ToArray();
        var value = loss(leaves);
        CheckValue(name, oracle(), value);
        value.backward();
        foreach (var (rows, leaf) in inputs.Zip(leaves))
            CheckGradient(name, oracle, rows, leaf);
    }

    public static Tensor Leaf(double[][] rows) =>
        tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length], dtype: float64).requires_grad_();

    public static void CheckValue(string name, double expected, Tensor value)
    {
        Assert.Equal(0, value.dim());
        var actual = value.item<double>();
        Assert.True(Math.Abs(expected - actual) <= ValueTolerance * Math.Max(1, Math.Abs(expected)), $"{name}: expected {expected:R}, got {actual:R}");
    }

    /// <summary>Compares the leaf's gradient with differences of the oracle, perturbing one number at a time.</summary>
    public static void CheckGradient(string name, Func<double> oracle, double[][] rows, Tensor leaf)
    {
        var gradient = leaf.grad!.data<double>().ToArray();
        for (var i = 0; i < rows.Length; i++)
        {
            for (var d = 0; d < rows[i].Length; d++)
            {
                var (expected, uncertainty) = Derivative(oracle, rows[i], d);
                var actual = gradient[(i * rows[i].Length) + d];
                var size = Math.Max(1, Math.Abs(expected));
                Assert.True(
                    Math.Abs(expected - actual) <= (ValueTolerance * size) + Math.Min(uncertainty, 10 * ValueTolerance * size),
                    $"{name}: gradient [{i}, {d}] expected {expected:R} (± {uncertainty:E1}), got {actual:R}");
            }
        }
    }

    /// <summary>Ridders' extrapolation of central differences: the derivative and an estimate of its error. Near a kink (where the
    /// estimate is poor) it starts again with a shorter step.</summary>
    private static (double Value, double Error) Derivative(Func<double> function, double[] row, int column)
    {
        var best = (Value: 0.0, Error: double.MaxValue);
        for (var step = 0.02 * Math.Max(Math.Abs(row[column]), 0.05); step > 1e-6 && best.Error > 1e-10 * Math.Max(1, Math.Abs(best.Value)); step /= 20)
        {
            var next = Ridders(function, row, column, step);
            if (next.Error < best.Error)
                best = next;
        }

        return best;
    }

    private static (double Value, double Error) Ridders(Func<double> function, double[] row, int column, double step)
    {
        const int Levels = 8;
        const double Shrink = 1.6;
        var at = row[column];
        var table = new double[Levels, Levels];
        var (best, error) = (0.0, double.MaxValue);
        for (var i = 0; i < Levels; i++, step /= Shrink)
        {
            row[column] = at + step;
            var above = function();
            row[column] = at - step;
            table[0, i] = (above - function()) / (2 * step);
            var factor = 1.0;
            for (var j = 1; j <= i; j++)
            {
                factor *= Shrink * Shrink;
                table[j, i] = ((table[j - 1, i] * factor) - table[j - 1, i - 1]) / (factor - 1);
                var estimate = Math.Max(Math.Abs(table[j, i] - table[j - 1, i]), Math.Abs(table[j, i] - table[j - 1, i - 1]));
                if (estimate <= error)
                    (best, error) = (table[j, i], estimate);
            }
        }

        row[column] = at;
        return (best, error);
    }
}
