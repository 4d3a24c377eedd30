using System.Globalization;

namespace Contrastive.Display;

/// <summary>Numbers formatted for people: four significant digits, as many decimals as the column needs, invariant culture.</summary>
internal static class NumberText
{
    private const int Digits = 4;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static bool IsNumber(object value) =>
        value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal or Half;

    /// <summary>The cells of a column; if all are fractions, with the same number of decimals.</summary>
    public static string[] Column(IReadOnlyList<object?> values)
    {
        var present = values.OfType<object>().ToArray();
        if (present.Length == 0 || !present.All(IsFraction))
            return [.. values.Select(Of)];
        var numbers = present.Select(value => Convert.ToDouble(value, Culture)).Where(double.IsFinite).ToArray();
        if (numbers.Any(number => NeedsExponent(number)))
            return [.. values.Select(Of)];
        var decimals = numbers.Select(Decimals).DefaultIfEmpty(0).Max();
        return [.. values.Select(value => value is null ? "" : Fixed(Convert.ToDouble(value, Culture), decimals))];
    }

    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        _ when IsFraction(value) => Fraction(Convert.ToDouble(value, Culture)),
        int or long or uint or ulong => Whole((IFormattable)value),
        IFormattable formattable => formattable.ToString(null, Culture),
        _ => value.ToString() ?? "",
    };

    public static string Fraction(double number) => !double.IsFinite(number) ? number.ToString(Culture)
        : NeedsExponent(number) ? number.ToString("0.###e+0", Culture)
        : Fixed(number, Decimals(number));

    /// <summary>Numbers that are read together: all with as many decimals as one of them needs, at most <paramref name="most"/>.</summary>
    /// <returns>A text for each; empty for a number that is not finite.</returns>
    public static string[] Alike(IReadOnlyList<double> numbers, int most)
    {
        var decimals = numbers.Where(double.IsFinite).Select(number => Written(number, most)).DefaultIfEmpty(0).Max();
        return [.. numbers.Select(number => double.IsFinite(number) ? Fixed(number, decimals) : "")];
    }

    /// <summary>With that many decimals; what rounds to zero has no sign.</summary>
    private static string Fixed(double number, int decimals)
    {
        var text = number.ToString("N" + decimals, Culture);
        return text.AsSpan().ContainsAnyInRange('1', '9') || !double.IsFinite(number) ? text : text.TrimStart('-');
    }

    /// <summary>Numbers drawn beside each other: as many decimals as three significant digits of the greatest need.</summary>
    public static string[] Beside(IReadOnlyList<double> numbers)
    {
        var greatest = numbers.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return greatest == 0 || NeedsExponent(greatest)
            ? Column([.. numbers.Select(number => (object?)number)])
            : Alike(numbers, Math.Max(0, 2 - (int)Math.Floor(Math.Log10(greatest))));
    }

    /// <summary>Three significant digits, for speeds.</summary>
    public static string Short(double number) => number >= 100 ? number.ToString("N0", Culture) : number.ToString(number >= 10 ? "0.0" : "0.00", Culture);

    private static string Whole(IFormattable number) =>
        number.ToString(Math.Abs(Convert.ToDouble(number, Culture)) < 10_000 ? "D" : "N0", Culture);

    private static bool IsFraction(object value) => value is float or double or decimal or Half;

    private static bool NeedsExponent(double number) => number != 0 && (Math.Abs(number) < 1e-4 || Math.Abs(number) >= 1e9);

    /// <summary>The number of decimals that four significant digits need, without trailing zeros.</summary>
    private static int Decimals(double number)
    {
        if (number == 0)
            return 0;
        return Written(number, Math.Max(0, Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(number)))));
    }

    /// <summary>The number of decimals without trailing zeros, of at most <paramref name="most"/>.</summary>
    private static int Written(double number, int most)
    {
        var text = Math.Abs(number).ToString("F" + most, Culture);
        return most == 0 ? 0 : text.TrimEnd('0').Length - text.IndexOf('.') - 1;
    }
}
