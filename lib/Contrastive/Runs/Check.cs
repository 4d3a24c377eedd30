using System.Globalization;
using Contrastive.Display;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Runs;

/// <summary>The checks of a lesson: each returns a check mark for the cell's output, or throws with what differs.</summary>
public static class Check
{
    /// <summary>Checks that two tensors agree: at every element |mine − theirs| ≤ tolerance · max(1, |theirs|).</summary>
    /// <param name="mine">The cell's values, of any shape.</param>
    /// <param name="theirs">What they should be, of the same shape.</param>
    /// <param name="tolerance">How far apart they may be. <value>The default is 1e-5, for float32.</value></param>
    /// <param name="hint">What to look at if they differ.</param>
    /// <exception cref="CheckFailedException">The shapes or the values differ, or a value is not finite.</exception>
    public static CheckMark Close(Tensor mine, Tensor theirs, double tolerance = 1e-5, string? hint = null)
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(theirs);
        RequireTolerance(tolerance);
        if (!mine.shape.SequenceEqual(theirs.shape))
            throw Failed($"Mine has shape {TensorText.Shape(mine)}, theirs {TensorText.Shape(theirs)}.", hint);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var a = mine.detach().cpu().to(float64).reshape(-1);
        var b = theirs.detach().cpu().to(float64).reshape(-1);
        if (a.numel() == 0)
            throw Failed("Both are empty: there is nothing to compare.", hint);
        var excess = ((a - b).abs() / b.abs().clamp(min: 1)).nan_to_num(double.PositiveInfinity);
        var worst = excess.argmax().item<long>();
        return Judge(a[worst].item<double>(), b[worst].item<double>(), tolerance, hint, a.numel() == 1 ? "" : $" at place {worst} of {a.numel()}");
    }

    /// <summary>Checks that two numbers agree: |mine − theirs| ≤ tolerance · max(1, |theirs|).</summary>
    /// <param name="mine">The cell's number.</param>
    /// <param name="theirs">What it should be.</param>
    /// <param name="tolerance">How far apart they may be. <value>The default is 1e-5, for float32.</value></param>
    /// <param name="hint">What to look at if they differ.</param>
    /// <exception cref="CheckFailedException">The numbers differ, or one is not finite.</exception>
    public static CheckMark Close(double mine, double theirs, double tolerance = 1e-5, string? hint = null)
    {
        RequireTolerance(tolerance);
        return Judge(mine, theirs, tolerance, hint, "");
    }

    /// <summary>Checks a statement, such as an exercise's answer.</summary>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="statement">The statement, shown beside the check mark.</param>
    /// <param name="hint">What to look at if it does not.</param>
    /// <exception cref="CheckFailedException">It does not hold.</exception>
    public static CheckMark That(bool holds, string statement, string? hint = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statement);
        return holds ? new CheckMark(statement) : throw Failed($"Not so: {statement}.", hint);
    }

    private static CheckMark Judge(double mine, double theirs, double tolerance, string? hint, string place)
    {
        var difference = Math.Abs(mine - theirs);
        var culture = CultureInfo.InvariantCulture;
        if (difference <= tolerance * Math.Max(1, Math.Abs(theirs)) && double.IsFinite(mine))
            return new CheckMark(string.Create(culture, $"equal: largest difference {difference:0.#e+0} (tolerance {tolerance:0.#e+0})"));
        throw Failed(string.Create(culture, $"Mine is {mine:G9}, theirs {theirs:G9}{place}: they differ by {difference:G3}, more than {tolerance:0.#e+0} allows."), hint);
    }

    private static void RequireTolerance(double tolerance)
    {
        Require.NotNegative(tolerance);
    }

    private static CheckFailedException Failed(string message, string? hint) => new(hint is null ? message : $"{message} Hint: {hint}");
}

/// <summary>A check of a lesson failed; the message says what differs, with the hint of the exercise.</summary>
/// <param name="message">What differs.</param>
public sealed class CheckFailedException(string message) : Exception(message);
