using System.Reflection;
using System.Runtime.InteropServices;

namespace Contrastive.Cli.Doctor;

/// <summary>The machine and the SDK.</summary>
internal static class SystemChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("Contrastive", () => typeof(Contrastive.Data.Catalog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown version"),
        new("SDK", () => $".NET SDK {Program("dotnet", "--version")}, runtime {Environment.Version}"),
        new("System", DescribeSystem),
        new("Processor", DescribeProcessor),
        new("Memory", DescribeMemory),
    ];

    /// <summary>What a program prints, trimmed; throws if it is missing, fails or takes over ten seconds.</summary>
    internal static string Program(string name, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"'{name}' did not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{name}' did not answer within ten seconds.");
        }

        return process.ExitCode == 0 ? output.Result.Trim() : throw new InvalidOperationException($"'{name}' ended with exit code {process.ExitCode}.");
    }

    private static string DescribeSystem()
    {
        var name = File.Exists("/etc/os-release")
            ? File.ReadLines("/etc/os-release").FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"')
            : null;
        return $"{name ?? RuntimeInformation.OSDescription}, {Environment.OSVersion}, {RuntimeInformation.ProcessArchitecture}";
    }

    private static string DescribeProcessor()
    {
        string Line(string key) => File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[^1].Trim() ?? ""
            : "";
        var model = Line("model name") is { Length: > 0 } known ? known : "unknown model";
        var hasBfloat16 = Line("flags").Split(' ').Contains("avx512_bf16");
        return $"{model}, {Environment.ProcessorCount} threads, bf16 in hardware (avx512_bf16): {(hasBfloat16 ? "yes" : "no")}";
    }

    private static string DescribeMemory()
    {
        var total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var free = File.Exists("/proc/meminfo")
            ? File.ReadLines("/proc/meminfo").FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : null;
        return $"{Sizes.Show(total)}{(free is [_, var kilobytes, _] ? $", {Sizes.Show(long.Parse(kilobytes, System.Globalization.CultureInfo.InvariantCulture) * 1024)} of it free" : "")}";
    }
}
