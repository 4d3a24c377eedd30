using System.Globalization;

namespace Contrastive.Cli;

/// <summary>Sizes in bytes, for people.</summary>
internal static class Sizes
{
    /// <summary>Such as "26.4 MB", in powers of ten.</summary>
    public static string Show(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
