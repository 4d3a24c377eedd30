using System.Globalization;

namespace Contrastive.Benchmarks;

/// <summary>This process's memory as Linux counts it, in bytes.</summary>
internal static class Memory
{
    public static long Resident() => Status("VmRSS:");

    /// <summary>Without files in the address space, which the system can drop.</summary>
    public static long Anonymous() => Status("RssAnon:");

    public static long Peak() => Status("VmHWM:");

    /// <summary>Resets the peak to the current value.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string field) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);
}
