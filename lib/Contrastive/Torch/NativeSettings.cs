using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contrastive.Torch;

/// <summary>
/// How native memory is kept, set before anybody's first tensor. On Linux a training step allocates and frees the same large buffers again
/// and again, and by default glibc gives them back to the system each time: page faults took up to 40 % of a step. So
/// <list type="bullet">
/// <item><c>THP_MEM_ALLOC_ENABLE=1</c>: libtorch asks for huge pages (1.6× on a matrix of similarities, a loss by itself on small maps);</item>
/// <item><c>mallopt</c>: blocks up to 32 MB come from the heap and up to 256 MB of it is kept for the next step (then 1.1× on the small
/// encoder). Both thresholds must be set: the second alone would freeze the first at 128 kB and double the time.</item>
/// </list>
/// Larger blocks still go back at once. What the user has set in the environment stays.
/// </summary>
internal static partial class NativeSettings
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

#pragma warning disable CA2255 // A module initializer is the one place that runs before anybody's first tensor.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply()
    {
        if (!OperatingSystem.IsLinux())
            return;

        // The managed environment is a copy that native code does not see.
        _ = SetEnvironment("THP_MEM_ALLOC_ENABLE", "1", overwrite: 0);
        string[] users = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"];
        if (Array.TrueForAll(users, name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))))
        {
            _ = SetAllocator(MapThreshold, 32 << 20);
            _ = SetAllocator(TrimThreshold, 256 << 20);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);
}
