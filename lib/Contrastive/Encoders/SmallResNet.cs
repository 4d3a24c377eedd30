using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// A residual network for small images on a CPU: a 3×3 stem that halves the resolution and three basic blocks, of which two halve it
/// again. Maps images <c>[N, C, H, W]</c> of about 32 pixels to features <c>[N, FeatureCount]</c>.
/// </summary>
/// <remarks>Names, order and initialization follow <see cref="ResNet"/>. Uses the channels-last format.</remarks>
public sealed class SmallResNet : Module<Tensor, Tensor>, IPatchEncoder
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly Module<Tensor, Tensor> _bn1;
    private readonly BasicBlock[] _blocks;

    /// <summary>Makes a network with random weights, initialized as <see cref="ResNet"/> is.</summary>
    /// <param name="inputChannels">3 for color, 1 for gray. <value>The default is 3.</value></param>
    /// <param name="width">The channels of the stem and the first block; the second block has twice, the third four times as many.
    /// <value>The default is 32.</value></param>
    /// <param name="batchNormSplits">The number of batch parts with their own statistics, see <see cref="SplitBatchNorm"/>. <value>The
    /// default is 1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below one.</exception>
    public SmallResNet(int inputChannels = 3, int width = 32, int batchNormSplits = 1) : base(nameof(SmallResNet))
    {
        Require.AtLeast(inputChannels, 1);
        Require.AtLeast(width, 1);
        Require.AtLeast(batchNormSplits, 1);
        InputChannels = inputChannels;
        FeatureCount = 4 * width;
        _conv1 = ConvolutionLayers.Convolution3x3(inputChannels, width, stride: 2);
        _bn1 = ConvolutionLayers.Normalization(width, batchNormSplits);
        RegisterComponents();
        _blocks =
        [
            new BasicBlock(width, width, stride: 1, batchNormSplits),
            new BasicBlock(width, 2 * width, stride: 2, batchNormSplits),
            new BasicBlock(2 * width, 4 * width, stride: 2, batchNormSplits),
        ];
        for (var block = 0; block < _blocks.Length; block++)
            register_module($"layer{block + 1}", _blocks[block]);
        ConvolutionLayers.Initialize(this);
        ConvolutionLayers.LayOut(this);
    }

    /// <summary>The length of a feature vector: four times the width, 128 by default.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of channels of its input images.</summary>
    public int InputChannels { get; }

    /// <summary>Features of a batch of images.</summary>
    /// <param name="input">Float <c>[N, C, H, W]</c>, normalized.</param>
    /// <returns><c>[N, FeatureCount]</c>.</returns>
    /// <exception cref="ArgumentException">The input is not a float image batch with <see cref="InputChannels"/> channels.</exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return ConvolutionLayers.AveragePool(Maps(input)).MoveToOuterDisposeScope(); // [N, FeatureCount]
    }

    /// <inheritdoc/>
    /// <remarks>The maps before the average over places, which is the image's feature.</remarks>
    /// <exception cref="ArgumentException">The input is not a float image batch with <see cref="InputChannels"/> channels.</exception>
    public Tensor Patches(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Maps(images).permute(0, 2, 3, 1).MoveToOuterDisposeScope(); // [N, h, w, FeatureCount]
    }

    private Tensor Maps(Tensor input)
    {
        ConvolutionLayers.CheckImages(input, InputChannels);
        using var scope = NewDisposeScope();
        var maps = _bn1.call(_conv1.call(ConvolutionLayers.LayOut(input))).relu_(); // [N, w, H / 2, W / 2]
        foreach (var block in _blocks)
            maps = block.call(maps); // finally [N, 4 w, H / 8, W / 8]
        return maps.MoveToOuterDisposeScope();
    }
}
