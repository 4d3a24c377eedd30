using System.Globalization;

namespace Contrastive.Kernel.Lessons;

/// <summary>A metric and the band in which it must lie.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Value">What the run recorded; null if it recorded no such number.</param>
/// <param name="Min">The minimum value allowed.</param>
/// <param name="Max">The maximum value allowed.</param>
public sealed record Band(string Metric, double? Value, double Min, double Max)
{
    /// <summary>Whether the value lies in the band; a missing value and NaN do not.</summary>
    public bool Holds => Value >= Min && Value <= Max;

    /// <summary>The band in words: "0.3 to 1", "at least 0.3".</summary>
    public string Range => (double.IsFinite(Min), double.IsFinite(Max)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $"{Min:0.####} to {Max:0.####}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $"at least {Min:0.####}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $"at most {Max:0.####}"),
        _ => "any number",
    };

    /// <summary>The value and its band in words.</summary>
    /// <returns>"knn.trained = 0.42, expected 0.3 to 1".</returns>
    public override string ToString()
    {
        var value = Value is { } number ? (Math.Round(number, 4) + 0.0).ToString("0.####", CultureInfo.InvariantCulture) : "not recorded"; // + 0.0: no "-0"
        return $"{Metric} = {value}, expected {Range}";
    }
}
