using System.Numerics;
using System.Runtime.CompilerServices;
using static System.FormattableString;

namespace Contrastive.Torch;

/// <summary>
/// What an argument must be, checked before any work is done. A message gives the caller's own name for the argument, its value, and
/// what was expected: <c>temperature is 0; expected a finite number above zero.</c>
/// </summary>
internal static partial class Require
{
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number above zero");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number, zero or above");

    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw OutOfRange(name, value, "a finite number");

    /// <summary>A number in [0, 1).</summary>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw OutOfRange(name, value, "a number in [0, 1)");

    /// <summary>A number in [0, 1].</summary>
    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(name, value, "a number in [0, 1]");

    /// <summary>A number of at least <paramref name="least"/>.</summary>
    /// <param name="value">The argument.</param>
    /// <param name="least">The smallest value allowed.</param>
    /// <param name="reason">Why, or what to do instead: a clause that follows a colon.</param>
    /// <param name="name">The argument's name.</param>
    public static T AtLeast<T>(T value, T least, string reason = "", [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= least ? value : throw OutOfRange(name, value, Invariant($"at least {least}{Clause(reason)}"));

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included; the reason as
    /// in <see cref="AtLeast{T}"/>.</summary>
    public static T Between<T>(T value, T least, T most, string reason = "", [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= least && value <= most ? value : throw OutOfRange(name, value, Invariant($"{least} to {most}{Clause(reason)}"));

    public static T Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "") where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw OutOfRange(name, value, string.Join(" or ", Enum.GetNames<T>()));

    /// <summary>The exception for an argument out of range, for a standalone check.</summary>
    public static ArgumentOutOfRangeException OutOfRange(string name, object? value, string expected) =>
        new(name, value, Invariant($"{name} is {value ?? "null"}; expected {expected}."));

    private static string Clause(string reason) => reason.Length == 0 ? "" : $": {reason}";
}
