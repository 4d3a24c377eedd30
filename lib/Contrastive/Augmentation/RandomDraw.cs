using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Per-sample parameters, drawn on the generator's device.</summary>
internal static class RandomDraw
{
    /// <summary>Uniform in [0, 1), float32.</summary>
    public static Tensor Unit(Generator generator, params long[] shape) =>
        rand(shape, dtype: float32, device: generator.device, generator: generator);

    /// <summary>Uniform between two bounds, float32.</summary>
    public static Tensor Uniform(Generator generator, double low, double high, params long[] shape) =>
        Unit(generator, shape).mul_(high - low).add_(low);

    /// <summary>The indices of the samples chosen with this probability, int64 [K], on the given device.</summary>
    public static Tensor Chosen(Generator generator, long count, double probability, Device device) =>
        Unit(generator, count).lt(probability).nonzero().squeeze(1).to(device);
}
