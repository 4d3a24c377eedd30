using static System.FormattableString;

namespace Contrastive.Torch;

/// <summary>Counts in messages, in the right grammatical number.</summary>
internal static class Counted
{
    /// <summary>Such as <c>1 column</c> or <c>3 columns</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called.</param>
    /// <param name="many">What several are called; the singular and an s if null.</param>
    public static string Of(long count, string one, string? many = null) => Invariant($"{count:N0} {(count == 1 ? one : many ?? one + "s")}");

    /// <summary>Such as <c>there is 1 column</c> or <c>there are 3 columns</c>.</summary>
    public static string There(long count, string one, string? many = null) => $"there {(count == 1 ? "is" : "are")} {Of(count, one, many)}";
}
