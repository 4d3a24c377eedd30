using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// The memory order N, H, W, C behind the shape <c>[N, C, H, W]</c>, which convolutions prefer: 1.1–1.3× faster on CPUs, and what tensor
/// cores prefer. Shapes and results stay the same. Convert the weights once and each batch on arrival; layers between keep it.
/// </summary>
public static class ChannelsLast
{
    /// <summary>Lays out each 4-D parameter of a module channels-last, in place. Do this before making its optimizer.</summary>
    /// <param name="module">The module; its parameters stay the same objects.</param>
    /// <returns>The module.</returns>
    public static TModule Weights<TModule>(TModule module) where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var parameter in module.parameters())
        {
            if (parameter.dim() == 4)
                parameter.set_(Images(parameter));
        }

        return module;
    }

    /// <summary>The same images in channels-last memory; the input itself (as another handle) if it already is.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>.</param>
    /// <returns><c>[N, C, H, W]</c>.</returns>
    /// <exception cref="ArgumentException">The tensor does not have four dimensions.</exception>
    public static Tensor Images(Tensor images)
    {
        Require.Shape(images, "[N, C, H, W]", mayBeEmpty: true);
        using var scope = NewDisposeScope();
        return images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
