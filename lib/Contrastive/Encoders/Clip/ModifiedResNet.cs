using Contrastive.Torch;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>
/// CLIP's residual network (Radford et al. 2021, section 2.4): a stem of three convolutions and an average pooling; average pooling before
/// each convolution that would have a stride (He et al. 2019, "Bag of Tricks", ResNet-D; Zhang 2019); and attention from the mean of all
/// places to the places instead of the last average pooling. Maps images <c>[N, 3, H, W]</c> to features <c>[N, OutputWidth]</c>, which are
/// in the joint space already. Its parameters have the names of OpenAI's released models.
/// </summary>
/// <remarks>Uses the channels-last format, as <see cref="ResNet"/>. In a <see cref="ClipModel"/> it takes <c>projectImages: false</c>.</remarks>
public sealed class ModifiedResNet : Module<Tensor, Tensor>, IPatchEncoder
{
    /// <summary>By how much the last stage's maps are smaller than the image, and wider than the stem.</summary>
    internal const int Reduction = 32;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d _bn1;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;

    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;

    [ComponentName(Name = "conv3")]
    private readonly Conv2d _conv3;

    [ComponentName(Name = "bn3")]
    private readonly BatchNorm2d _bn3;

    [ComponentName(Name = "attnpool")]
    private readonly PlaceAttention _pooling;

    private readonly Sequential[] _stages;

    /// <summary>Makes a network with random weights from torch's default generator. Each block starts as the identity, and the projections of
    /// the pooling are normal with standard deviation 1 / √width, as in CLIP's released code; their biases start at zero.</summary>
    /// <exception cref="ArgumentException">The configuration is invalid.</exception>
    public ModifiedResNet(ModifiedResNetConfig config) : base(nameof(ModifiedResNet))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config.Checked();
        var width = config.Width;
        (_conv1, _bn1) = (ConvolutionLayers.Convolution3x3(3, width / 2, stride: 2), BatchNorm2d(width / 2));
        (_conv2, _bn2) = (ConvolutionLayers.Convolution3x3(width / 2, width / 2), BatchNorm2d(width / 2));
        (_conv3, _bn3) = (ConvolutionLayers.Convolution3x3(width / 2, width), BatchNorm2d(width));
        _pooling = new PlaceAttention(config);
        RegisterComponents();

        var channels = width;
        _stages = new Sequential[config.Layers.Count];
        for (var stage = 0; stage < _stages.Length; stage++)
        {
            var blocks = new Module<Tensor, Tensor>[config.Layers[stage]];
            for (var block = 0; block < blocks.Length; block++)
            {
                blocks[block] = new AveragedBottleneck(channels, width << stage, block == 0 && stage > 0 ? 2 : 1);
                channels = (width << stage) * BottleneckBlock.Expansion;
            }

            register_module($"layer{stage + 1}", _stages[stage] = Sequential(blocks));
        }

        foreach (var block in modules().OfType<AveragedBottleneck>())
            init.zeros_(block.LastNormalization.get_parameter("weight")!);
        ConvolutionLayers.LayOut(this);
    }

    /// <summary>The sizes.</summary>
    public ModifiedResNetConfig Config { get; }

    /// <summary>Features of a batch of images.</summary>
    /// <param name="images">Float <c>[N, 3, H, W]</c>, normalized, of the size in <see cref="Config"/>.</param>
    /// <returns><c>[N, OutputWidth]</c>.</returns>
    /// <exception cref="ArgumentException">The input is not a float image batch of that size.</exception>
    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        return _pooling.call(Maps(images)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>What the pooling would return if it attended to this place alone: its value, projected into the joint space.</remarks>
    /// <exception cref="ArgumentException">The input is not a float image batch of the size in <see cref="Config"/>.</exception>
    public Tensor Patches(Tensor images)
    {
        using var scope = NewDisposeScope();
        return _pooling.EachAlone(Maps(images)).MoveToOuterDisposeScope();
    }

    private Tensor Maps(Tensor images)
    {
        Require.Shape(images, $"float [N, 3, {Config.ImageSize}, {Config.ImageSize}]");
        var maps = _bn1.call(_conv1.call(ConvolutionLayers.LayOut(images))).relu_(); // [N, Width / 2, H / 2, W / 2]
        maps = _bn2.call(_conv2.call(maps)).relu_();
        maps = functional.avg_pool2d(_bn3.call(_conv3.call(maps)).relu_(), 2); // [N, Width, H / 4, W / 4]
        foreach (var stage in _stages)
            maps = stage.call(maps); // every stage after the first halves H and W
        return maps; // [N, 32 Width, H / 32, W / 32]
    }
}

/// <summary>1×1, 3×3 and 1×1 convolutions and a shortcut, all of stride 1: where the block reduces the maps, both paths have an average
/// pooling. The names are OpenAI's.</summary>
internal sealed class AveragedBottleneck : Module<Tensor, Tensor>, IResidualBlock
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly BatchNorm2d _bn1;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;

    [ComponentName(Name = "bn2")]
    private readonly BatchNorm2d _bn2;

    [ComponentName(Name = "conv3")]
    private readonly Conv2d _conv3;

    [ComponentName(Name = "bn3")]
    private readonly BatchNorm2d _bn3;

    [ComponentName(Name = "downsample")]
    private readonly Sequential? _downsample;

    private readonly int _reduction;

    public AveragedBottleneck(int inputs, int width, int reduction) : base(nameof(AveragedBottleneck))
    {
        var outputs = width * BottleneckBlock.Expansion;
        (_conv1, _bn1) = (ConvolutionLayers.Convolution1x1(inputs, width), BatchNorm2d(width));
        (_conv2, _bn2) = (ConvolutionLayers.Convolution3x3(width, width), BatchNorm2d(width));
        (_conv3, _bn3) = (ConvolutionLayers.Convolution1x1(width, outputs), BatchNorm2d(outputs));
        if (reduction > 1 || inputs != outputs)
            _downsample = Sequential(ConvolutionLayers.Convolution1x1(inputs, outputs), BatchNorm2d(outputs));
        _reduction = reduction;
        RegisterComponents();
    }

    public Module<Tensor, Tensor> LastNormalization => _bn3;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var residual = _bn1.call(_conv1.call(input)).relu_(); // [N, width, H, W]
        residual = Reduce(_bn2.call(_conv2.call(residual)).relu_()); // [N, width, H / reduction, W / reduction]
        residual = _bn3.call(_conv3.call(residual)); // [N, 4 width, H / reduction, W / reduction]
        return residual.add_(_downsample is null ? input : _downsample.call(Reduce(input))).relu_().MoveToOuterDisposeScope();
    }

    private Tensor Reduce(Tensor maps) => _reduction == 1 ? maps : functional.avg_pool2d(maps, _reduction);
}
