using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// Mixed precision: within its scope libtorch computes convolutions and matrix products in bfloat16, which has float32's range, and keeps
/// weights, gradients and numerically sensitive operations in float32. No gradient scaling is needed. Wrap only the encoder's forward
/// pass, and convert the embeddings to float32 before the loss:
/// <code>
/// using (Precision.BFloat16(device)) embeddings = network.call(views);
/// var loss = nt.Compute(embeddings.to(float32) …);
/// </code>
/// </summary>
/// <remarks>It pays on GPUs with tensor cores, and on CPUs with AVX-512 BF16 (1.7–2.0× on convolutions); elsewhere on CPUs it is slower.
/// TorchSharp does not expose autocast: this calls libtorch itself, for the calling thread. Where its build cannot be called this way
/// (Windows, macOS, another version), opening the scope throws.</remarks>
public static class Precision
{
    /// <summary>Whether mixed precision is available and saves time: on CUDA, and on a CPU with AVX-512 BF16 instructions.</summary>
    /// <param name="device">The device on which the encoder computes.</param>
    public static bool IsFast(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA && !(device.type == DeviceType.CPU && Processor.HasAvx512BFloat16 && NativeSettings.AllowsAvx512))
            return false;
        try
        {
            BFloat16(device).Dispose();
            return true;
        }
        catch (PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Opens a scope of mixed precision on the calling thread; dispose it to end it.</summary>
    /// <param name="device">The device on which the encoder computes, CPU or CUDA.</param>
    /// <exception cref="ArgumentException">The device is neither.</exception>
    /// <exception cref="PlatformNotSupportedException">This build of libtorch does not support it: train in float32.</exception>
    public static IDisposable BFloat16(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type is not (DeviceType.CPU or DeviceType.CUDA))
            throw new ArgumentException($"Mixed precision is for CPU and CUDA, not {device}.", nameof(device));
        try
        {
            return new AutocastScope(device.type, ScalarType.BFloat16);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            throw new PlatformNotSupportedException(
                $"This build of libtorch does not let mixed precision be switched on ({error.Message}); train in float32, that is, leave the scope out.", error);
        }
    }
}
