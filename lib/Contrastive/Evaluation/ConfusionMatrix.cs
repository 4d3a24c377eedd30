using System.Globalization;
using System.Text;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Evaluation;

/// <summary>How often each class was predicted for each actual class.</summary>
public sealed class ConfusionMatrix
{
    private ConfusionMatrix(long[,] counts, IReadOnlyList<string> classNames)
    {
        Counts = counts;
        ClassNames = classNames;
    }

    /// <summary>Counts[actual, predicted].</summary>
    public long[,] Counts { get; }

    /// <summary>The name of each class, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The share of examples on the diagonal, in [0, 1].</summary>
    public double Accuracy => Classes.Sum(c => Counts[c, c]) / (double)Counts.Cast<long>().Sum();

    /// <summary>For each class, the share of its examples that were recognized; NaN for a class without examples.</summary>
    public IReadOnlyList<double> Recall => [.. Classes.Select(c => Counts[c, c] / (double)Classes.Sum(other => Counts[c, other]))];

    /// <summary>For each class, the share of its predictions that are right; NaN for a class that was never predicted.</summary>
    public IReadOnlyList<double> Precision => [.. Classes.Select(c => Counts[c, c] / (double)Classes.Sum(other => Counts[other, c]))];

    private IEnumerable<int> Classes => Enumerable.Range(0, ClassNames.Count);

    /// <summary>Counts predictions against the truth.</summary>
    /// <param name="actual">The right classes, int64 <c>[N]</c>, each in 0 … classes − 1.</param>
    /// <param name="predicted">int64 <c>[N]</c>, each in 0 … classes − 1.</param>
    /// <param name="classNames">The name of each class.</param>
    /// <exception cref="ArgumentException">The shapes differ or a value has no class name.</exception>
    public static ConfusionMatrix Of(Tensor actual, Tensor predicted, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        var (truths, guesses) = (Values(actual, nameof(actual), classNames.Count), Values(predicted, nameof(predicted), classNames.Count));
        if (guesses.Length != truths.Length)
            throw new ArgumentException($"There are {guesses.Length} predictions for {truths.Length} labels; expected as many.", nameof(predicted));
        var counts = new long[classNames.Count, classNames.Count];
        foreach (var (truth, guess) in truths.Zip(guesses))
            counts[truth, guess]++;
        return new ConfusionMatrix(counts, [.. classNames]);
    }

    /// <summary>The pair of classes most often confused: actual, predicted and how often; null where all predictions are right.</summary>
    public (string Actual, string Predicted, long Count)? WorstConfusion()
    {
        var worst = (from a in Classes from p in Classes where a != p && Counts[a, p] > 0 orderby Counts[a, p] descending select (a, p)).FirstOrDefault((-1, -1));
        return worst.Item1 < 0 ? null : (ClassNames[worst.Item1], ClassNames[worst.Item2], Counts[worst.Item1, worst.Item2]);
    }

    /// <summary>A plain table: a row for each actual class, a column for each predicted one.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var label = Math.Max(ClassNames.Max(name => name.Length), 6);
        var width = Math.Max(ClassNames.Max(name => name.Length), Counts.Cast<long>().Max().ToString(CultureInfo.InvariantCulture).Length) + 2;
        text.Append("actual".PadRight(label));
        foreach (var name in ClassNames)
            text.Append(name.PadLeft(width));
        foreach (var actual in Classes)
        {
            text.Append('\n').Append(ClassNames[actual].PadRight(label));
            foreach (var predicted in Classes)
                text.Append(Counts[actual, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        return text.ToString();
    }

    private static long[] Values(Tensor tensor, string name, int classes)
    {
        Require.Shape(tensor, "Int64 [N]", name: name);
        using var scope = NewDisposeScope();
        var values = tensor.cpu().contiguous().data<long>().ToArray();
        foreach (var value in values)
        {
            if (value < 0 || value >= classes)
                throw new ArgumentException($"{name} holds {value}, but there are {classes} class names: use 0 to {classes - 1}.", name);
        }

        return values;
    }
}
