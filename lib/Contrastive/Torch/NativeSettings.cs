using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contrastive.Torch;

/// <summary>
/// How native code keeps memory, waits, and chooses its kernels on Linux, set before the first tensor. What the user has set in the
/// environment stays. docs/torchsharp.md has the figures.
/// <list type="bullet">
/// <item>Memory: a training step allocates and frees the same large buffers again and again, and by default glibc returns them to the
/// system each time: page faults took up to 40% of a step. <c>THP_MEM_ALLOC_ENABLE=1</c> makes libtorch ask for huge pages;
/// <c>mallopt</c> takes blocks up to 32 MB from the heap and keeps up to 256 MB of it. Both thresholds must be set: the second alone would
/// freeze the first at 128 kB and double the time.</item>
/// <item>Waiting: by default libgomp's threads spin while they wait for each other; beside any busy process they keep the processor from
/// the very thread they wait for. <c>OMP_WAIT_POLICY=PASSIVE</c> lets them sleep.</item>
/// <item>Kernels: <c>ONEDNN_MAX_CPU_ISA=AVX</c> where <see cref="Processor.HidesCaches"/>.</item>
/// </list>
/// </summary>
internal static partial class NativeSettings
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    private static readonly string[] OlderInstructions = ["SSE41", "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2"]; // as oneDNN names them

    /// <summary>Whether oneDNN was limited here, because its newer kernels are wrong on this machine.</summary>
    public static bool LimitsOneDnn { get; private set; }

    /// <summary>Whether oneDNN may use AVX-512: not where it was limited, here or by the user.</summary>
    public static bool AllowsAvx512 { get; private set; } = true;

#pragma warning disable CA2255 // A module initializer is the one place that runs before anybody's first tensor.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;

        SetUnless("THP_MEM_ALLOC_ENABLE", "1");
        SetUnless("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT");
        LimitsOneDnn = Processor.HidesCaches && SetUnless("ONEDNN_MAX_CPU_ISA", "AVX", "DNNL_MAX_CPU_ISA");
        AllowsAvx512 = !LimitsOneDnn && !Array.Exists(OlderInstructions, older => IsSet("ONEDNN_MAX_CPU_ISA", older) || IsSet("DNNL_MAX_CPU_ISA", older));
        if (AreUnset("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"))
        {
            _ = SetAllocator(MapThreshold, 32 << 20);
            _ = SetAllocator(TrimThreshold, 256 << 20);
        }
    }

    /// <summary>Sets a variable unless the user has set it, or one of the others that say the same.</summary>
    private static bool SetUnless(string name, string value, params ReadOnlySpan<string> others) =>
        AreUnset([name, .. others]) && SetEnvironment(name, value, overwrite: 1) == 0; // the managed environment is a copy that native code does not see

    private static bool IsSet(string name, string value) => string.Equals(Environment.GetEnvironmentVariable(name), value, StringComparison.OrdinalIgnoreCase);

    private static bool AreUnset(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
                return false;
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
