using TorchSharp;

namespace Contrastive.Display;

/// <summary>
/// A named sequence of numbers in a figure. A pair converts to it: <c>("with color", losses)</c>, of doubles, floats or a tensor.
/// A non-finite number is a gap.
/// </summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Values">The numbers.</param>
public sealed record Series(string Name, IReadOnlyList<double> Values)
{
    /// <summary>The x value of each number; 1, 2, 3 … if null.</summary>
    public IReadOnlyList<double>? At { get; init; }

    /// <summary>Whether it is what others are compared with, such as chance: drawn dashed and gray, without markers.</summary>
    public bool Reference { get; init; }

    /// <summary>A series of doubles.</summary>
    public static implicit operator Series((string Name, IEnumerable<double> Values) pair) => new(pair.Name, [.. pair.Values]);

    /// <summary>A series of doubles.</summary>
    public static implicit operator Series((string Name, double[] Values) pair) => new(pair.Name, pair.Values);

    /// <summary>A series of floats.</summary>
    public static implicit operator Series((string Name, IEnumerable<float> Values) pair) => new(pair.Name, [.. pair.Values.Select(value => (double)value)]);

    /// <summary>A series of floats.</summary>
    public static implicit operator Series((string Name, float[] Values) pair) => new(pair.Name, [.. pair.Values.Select(value => (double)value)]);

    /// <summary>A series of a tensor's values, of any shape, in order.</summary>
    public static implicit operator Series((string Name, torch.Tensor Values) pair) => new(pair.Name, TensorValues.Of(pair.Values));
}
