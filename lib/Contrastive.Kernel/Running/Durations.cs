using System.Globalization;

namespace Contrastive.Kernel.Running;

/// <summary>Durations as people write them: 90s, 5m, 2h.</summary>
public static class Durations
{
    /// <summary>Parses a duration.</summary>
    /// <param name="text">A number of seconds, or a number with ms, s, m or h; <c>none</c> for no limit.</param>
    /// <returns>The time, or null for <c>none</c>.</returns>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "none")
        {
            return null;
        }

        var number = text.TrimEnd('m', 's', 'h');
        double? unit = text[number.Length..] switch
        {
            "ms" => 0.001,
            "" or "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => null,
        };
        return unit is not null && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value > 0 && value * unit < TimeSpan.FromDays(365).TotalSeconds
            ? TimeSpan.FromSeconds(value * unit.Value)
            : throw new FormatException($"'{text}' is not a duration; expected a number of seconds above zero, or 500ms, 90s, 5m, 2h, or none.");
    }

    /// <summary>Writes a duration briefly: 0.4 s, 12 s, 2 min 5 s, 1 h 3 min.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The text.</returns>
    public static string Write(TimeSpan time)
    {
        var culture = CultureInfo.InvariantCulture;
        var whole = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        return (time.TotalSeconds, whole.TotalSeconds) switch
        {
            ( < 9.95, _) => string.Create(culture, $"{time.TotalSeconds:0.0} s"),
            (_, < 60) => string.Create(culture, $"{whole.Seconds} s"),
            (_, < 3600) => string.Create(culture, $"{whole.Minutes} min {whole.Seconds} s"),
            _ => string.Create(culture, $"{(int)whole.TotalHours} h {whole.Minutes} min"),
        };
    }
}
