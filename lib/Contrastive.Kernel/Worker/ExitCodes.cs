using System.Globalization;

namespace Contrastive.Kernel.Worker;

/// <summary>Says in words how a process ended.</summary>
internal static class ExitCodes
{
    private const int SignalBase = 128;

    public static string Describe(int exitCode)
    {
        var name = OperatingSystem.IsWindows() ? Windows(exitCode) : Unix(exitCode - SignalBase);
        return string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{(name is null ? "" : $", {name}")}");
    }

    private static string? Unix(int signal) => signal switch
    {
        4 => "SIGILL: an instruction that this processor does not know",
        6 => "SIGABRT: the process aborted itself, as Environment.FailFast, a stack overflow or a failed native check does",
        7 => "SIGBUS: a bad memory access in native code",
        8 => "SIGFPE: a division by zero in native code",
        9 => "SIGKILL: killed from outside, as the system does when memory runs out",
        11 => "SIGSEGV: a bad memory access in native code",
        15 => "SIGTERM: asked to end from outside",
        _ => null,
    };

    private static string? Windows(int exitCode) => unchecked((uint)exitCode) switch
    {
        0xC0000005 => "a bad memory access in native code",
        0xC00000FD => "a stack overflow",
        0x80131623 => "Environment.FailFast",
        0xC0000409 => "the process aborted itself",
        0xC0000374 => "a damaged native heap",
        _ => null,
    };
}
