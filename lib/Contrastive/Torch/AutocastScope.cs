using Contrastive.Encoders;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>Autocast from construction to disposal, on one thread; what was set before comes back.</summary>
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
