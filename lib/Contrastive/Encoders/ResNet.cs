using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// A residual network without its classifier (He et al. 2016, "Deep Residual Learning for Image Recognition"): maps images
/// <c>[N, C, H, W]</c> to features <c>[N, FeatureCount]</c>. Parameter names, order and initialization are torchvision's, so weights can
/// be exchanged.
/// </summary>
/// <remarks>Uses the channels-last format, which convolutions prefer: weights are converted at construction, images on input.</remarks>
public sealed class ResNet : Module<Tensor, Tensor>, IPatchEncoder
{
    private static readonly int[] StageWidths = [64, 128, 256, 512];

    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly Module<Tensor, Tensor> _bn1;
    private readonly bool _pool;
    private readonly Sequential[] _stages;

    private ResNet(string name, int[] blocks, bool bottleneck, ResNetStem stem, int inputChannels, bool zeroInitResidual, int batchNormSplits) : base(name)
    {
        Require.AtLeast(inputChannels, 1);
        Require.Defined(stem);
        Require.AtLeast(batchNormSplits, 1);
        InputChannels = inputChannels;
        _pool = stem == ResNetStem.ImageNet;
        _conv1 = _pool
            ? Conv2d(inputChannels, 64, 7, stride: 2, padding: 3, bias: false)
            : ConvolutionLayers.Convolution3x3(inputChannels, 64);
        _bn1 = ConvolutionLayers.Normalization(64, batchNormSplits);
        RegisterComponents();

        var (channels, expansion) = (64, bottleneck ? BottleneckBlock.Expansion : 1);
        _stages = new Sequential[blocks.Length];
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            var layers = new Module<Tensor, Tensor>[blocks[stage]];
            for (var block = 0; block < layers.Length; block++)
            {
                var (width, stride) = (StageWidths[stage], block == 0 && stage > 0 ? 2 : 1);
                layers[block] = bottleneck ? new BottleneckBlock(channels, width, stride, batchNormSplits) : new BasicBlock(channels, width, stride, batchNormSplits);
                channels = width * expansion;
            }

            register_module($"layer{stage + 1}", _stages[stage] = Sequential(layers));
        }

        FeatureCount = channels;
        ConvolutionLayers.Initialize(this);
        if (zeroInitResidual)
            ZeroLastNormalizations();
        ConvolutionLayers.LayOut(this);
    }

    /// <summary>The length of a feature vector: 512 for ResNet-18 and -34, 2,048 for ResNet-50.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of channels of its input images.</summary>
    public int InputChannels { get; }

    /// <summary>ResNet-18: two basic blocks per stage, 512 features, 11.2 million parameters.</summary>
    /// <param name="stem">The first layers. <value>The default is ImageNet's; use Cifar for images of 32 or 64 pixels.</value></param>
    /// <param name="inputChannels">3 for color, 1 for gray. <value>The default is 3.</value></param>
    /// <param name="zeroInitResidual">Whether each block starts as the identity (Goyal et al. 2017). <value>The default is false, as in
    /// torchvision.</value></param>
    /// <param name="batchNormSplits">The number of batch parts with their own statistics, see <see cref="SplitBatchNorm"/>. <value>The
    /// default is 1.</value></param>
    /// <exception cref="ArgumentOutOfRangeException">Channels or splits are below one.</exception>
    public static ResNet ResNet18(ResNetStem stem = ResNetStem.ImageNet, int inputChannels = 3, bool zeroInitResidual = false, int batchNormSplits = 1) =>
        new(nameof(ResNet18), [2, 2, 2, 2], bottleneck: false, stem, inputChannels, zeroInitResidual, batchNormSplits);

    /// <summary>ResNet-34: 3, 4, 6 and 3 basic blocks, 512 features, 21.3 million parameters.</summary>
    /// <inheritdoc cref="ResNet18"/>
    public static ResNet ResNet34(ResNetStem stem = ResNetStem.ImageNet, int inputChannels = 3, bool zeroInitResidual = false, int batchNormSplits = 1) =>
        new(nameof(ResNet34), [3, 4, 6, 3], bottleneck: false, stem, inputChannels, zeroInitResidual, batchNormSplits);

    /// <summary>ResNet-50: 3, 4, 6 and 3 bottleneck blocks, 2,048 features, 23.5 million parameters.</summary>
    /// <inheritdoc cref="ResNet18"/>
    public static ResNet ResNet50(ResNetStem stem = ResNetStem.ImageNet, int inputChannels = 3, bool zeroInitResidual = false, int batchNormSplits = 1) =>
        new(nameof(ResNet50), [3, 4, 6, 3], bottleneck: true, stem, inputChannels, zeroInitResidual, batchNormSplits);

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
        var maps = _bn1.call(_conv1.call(ConvolutionLayers.LayOut(input))).relu_(); // [N, 64, H', W']
        if (_pool)
            maps = functional.max_pool2d(maps, kernel_size: 3, stride: 2, padding: 1);
        foreach (var stage in _stages)
            maps = stage.call(maps); // every stage after the first halves H and W
        return maps.MoveToOuterDisposeScope();
    }

    private void ZeroLastNormalizations()
    {
        foreach (var block in modules().OfType<IResidualBlock>())
            init.zeros_(block.LastNormalization.get_parameter("weight")!);
    }
}

/// <summary>The first layers of a <see cref="ResNet"/>, before the residual stages.</summary>
public enum ResNetStem
{
    /// <summary>7×7 convolution with stride 2, then 3×3 max pooling with stride 2: for images of about 224 pixels (He et al.
    /// 2016).</summary>
    ImageNet,

    /// <summary>3×3 convolution with stride 1 and no pooling: for images of 32 or 64 pixels (Chen et al. 2020, appendix B.9). The
    /// ImageNet stem shrinks a 32×32 image to 8×8 before the first block and caps CIFAR-10 accuracy at about 76% instead of 91%.</summary>
    Cifar,
}
