using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>The size of a <see cref="ModifiedResNet"/>. The defaults are those of OpenAI's RN50. RN101 has 3, 4, 23 and 3 blocks and an output
/// of 512; RN50x4 has 4, 6, 10 and 6 blocks, width 80, 40 heads, images of 288 pixels and an output of 640.</summary>
public sealed record ModifiedResNetConfig
{
    /// <summary>Height and width of an image in pixels, a multiple of 32. <value>The default is 224.</value></summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>The bottleneck blocks of each of the four stages. <value>The default is 3, 4, 6, 3.</value></summary>
    public IReadOnlyList<int> Layers { get; init; } = [3, 4, 6, 3];

    /// <summary>Channels of the stem, an even number; the last stage has 32 times as many. <value>The default is 64.</value></summary>
    public int Width { get; init; } = 64;

    /// <summary>Heads of the attention pooling; they divide 32 times the width. <value>The default is 32.</value></summary>
    public int Heads { get; init; } = 32;

    /// <summary>The width of the feature, which is that of the joint space: the pooling projects into it. <value>The default is
    /// 1,024.</value></summary>
    public int OutputWidth { get; init; } = 1024;

    /// <summary>Channels of the last stage.</summary>
    internal int MapWidth => Width * ModifiedResNet.Reduction;

    /// <summary>Rows, and columns, of places in the last stage's maps.</summary>
    internal int Grid => ImageSize / ModifiedResNet.Reduction;

    /// <summary>This configuration, after a check that its numbers make a valid model.</summary>
    /// <exception cref="ArgumentException">A number is out of its range, or does not divide another that it must.</exception>
    internal ModifiedResNetConfig Checked()
    {
        Require.AtLeast(Width, 2);
        Require.AtLeast(Heads, 1);
        Require.AtLeast(OutputWidth, 1);
        if (Layers is not { Count: 4 } || Layers.Any(count => count < 1))
            throw new ArgumentException($"{nameof(Layers)} has [{string.Join(", ", Layers ?? [])}]; expected the blocks of four stages, at least one each.");
        if (Width % 2 != 0)
            throw new ArgumentException($"{nameof(Width)} is {Width}; expected an even number: the stem's first layers have half of it.");
        if (ImageSize < ModifiedResNet.Reduction || ImageSize % ModifiedResNet.Reduction != 0)
            throw new ArgumentException($"{nameof(ImageSize)} is {ImageSize}; expected a multiple of {ModifiedResNet.Reduction}.");
        return MapWidth % Heads == 0
            ? this
            : throw new ArgumentException($"{nameof(Heads)} is {Heads}; expected a divisor of {ModifiedResNet.Reduction} times the width, {MapWidth}.");
    }
}
