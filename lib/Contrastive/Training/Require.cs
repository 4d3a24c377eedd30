namespace Contrastive.Training;

/// <summary>Checks of numbers, with the value and what was expected in the message.</summary>
internal static class Require
{
    public static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} is {value}; it must be a finite number above zero.");

    public static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} is {value}; it must be a finite number, zero or above.");

    public static double Fraction(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} is {value}; it must lie in [0, 1).");
}
