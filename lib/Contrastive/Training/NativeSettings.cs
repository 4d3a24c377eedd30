using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Contrastive.Training;

/// <summary>
/// What libtorch reads from the native environment at its first allocation. On Linux, glibc maps and unmaps every large buffer, and the
/// page faults cost up to a third of a training step; with <c>THP_MEM_ALLOC_ENABLE=1</c> libtorch asks for huge pages instead. The
/// managed <see cref="Environment"/> is a copy that native code does not see, hence libc's own setenv. A value the user has set stays.
/// </summary>
internal static partial class NativeSettings
{
#pragma warning disable CA2255 // A module initializer is the one place that runs before anybody's first tensor.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Apply()
    {
        if (OperatingSystem.IsLinux())
            _ = SetEnvironment("THP_MEM_ALLOC_ENABLE", "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
