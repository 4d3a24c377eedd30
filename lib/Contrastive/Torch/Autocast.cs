using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>libtorch's own autocast switches, by their mangled C++ names on Linux. They are per thread.</summary>
internal static partial class Autocast
{
    private const string Library = "libtorch_cpu";
    private const sbyte Processor = 0;
    private const string IsEnabledName = "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE";

    private static readonly Lazy<bool> IsReachable = new(() =>
        NativeLibrary.TryLoad(Library, typeof(Autocast).Assembly, null, out var library) && NativeLibrary.TryGetExport(library, IsEnabledName, out _));

    /// <summary>Whether the calling thread computes in mixed precision on the CPU. False where it cannot be switched on.</summary>
    internal static bool IsEnabledOnProcessor => IsReachable.Value && IsEnabled(Processor);

    [LibraryImport(Library, EntryPoint = IsEnabledName)]
    [return: MarshalAs(UnmanagedType.U1)]
    internal static partial bool IsEnabled(sbyte device);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")]
    internal static partial void SetEnabled(sbyte device, [MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE")]
    internal static partial sbyte Type(sbyte device);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")]
    internal static partial void SetType(sbyte device, sbyte type);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast17increment_nestingEv")]
    internal static partial int Enter();

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast17decrement_nestingEv")]
    internal static partial int Leave();

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast11clear_cacheEv")]
    internal static partial void ClearCache();
}

/// <summary>Autocast from construction to disposal, on one thread; then the previous settings are restored.</summary>
internal sealed class AutocastScope : IDisposable
{
    private readonly sbyte _device;
    private readonly bool _wasEnabled;
    private readonly sbyte _type;
    private bool _disposed;

    public AutocastScope(DeviceType device, ScalarType type)
    {
        _device = (sbyte)device;
        _wasEnabled = Autocast.IsEnabled(_device);
        _type = Autocast.Type(_device);
        Autocast.SetEnabled(_device, true);
        Autocast.SetType(_device, (sbyte)type);
        _ = Autocast.Enter();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (Autocast.Leave() == 0)
            Autocast.ClearCache();
        Autocast.SetEnabled(_device, _wasEnabled);
        Autocast.SetType(_device, _type);
    }
}
