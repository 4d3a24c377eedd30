using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Two 3×3 convolutions and a shortcut (He et al. 2016, figure 5 left). The names are torchvision's.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>, IResidualBlock
{
    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly Module<Tensor, Tensor> _bn1;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;

    [ComponentName(Name = "bn2")]
    private readonly Module<Tensor, Tensor> _bn2;

    [ComponentName(Name = "downsample")]
    private readonly Sequential? _downsample;

    public BasicBlock(int inputs, int outputs, int stride, int splits) : base(nameof(BasicBlock))
    {
        _downsample = ConvolutionLayers.Shortcut(inputs, outputs, stride, splits);
        _conv1 = ConvolutionLayers.Convolution3x3(inputs, outputs, stride);
        _bn1 = ConvolutionLayers.Normalization(outputs, splits);
        _conv2 = ConvolutionLayers.Convolution3x3(outputs, outputs);
        _bn2 = ConvolutionLayers.Normalization(outputs, splits);
        RegisterComponents();
    }

    public Module<Tensor, Tensor> LastNormalization => _bn2;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var residual = _bn1.call(_conv1.call(input)).relu_(); // [N, outputs, H / stride, W / stride]
        residual = _bn2.call(_conv2.call(residual));
        return residual.add_(_downsample is null ? input : _downsample.call(input)).relu_().MoveToOuterDisposeScope();
    }
}

/// <summary>1×1, 3×3 and 1×1 convolutions and a shortcut (He et al. 2016, figure 5 right), with the stride in the 3×3 one as in
/// torchvision ("ResNet v1.5"). The names are torchvision's.</summary>
internal sealed class BottleneckBlock : Module<Tensor, Tensor>, IResidualBlock
{
    public const int Expansion = 4;

    [ComponentName(Name = "conv1")]
    private readonly Conv2d _conv1;

    [ComponentName(Name = "bn1")]
    private readonly Module<Tensor, Tensor> _bn1;

    [ComponentName(Name = "conv2")]
    private readonly Conv2d _conv2;

    [ComponentName(Name = "bn2")]
    private readonly Module<Tensor, Tensor> _bn2;

    [ComponentName(Name = "conv3")]
    private readonly Conv2d _conv3;

    [ComponentName(Name = "bn3")]
    private readonly Module<Tensor, Tensor> _bn3;

    [ComponentName(Name = "downsample")]
    private readonly Sequential? _downsample;

    public BottleneckBlock(int inputs, int width, int stride, int splits) : base(nameof(BottleneckBlock))
    {
        var outputs = width * Expansion;
        _downsample = ConvolutionLayers.Shortcut(inputs, outputs, stride, splits);
        _conv1 = ConvolutionLayers.Convolution1x1(inputs, width);
        _bn1 = ConvolutionLayers.Normalization(width, splits);
        _conv2 = ConvolutionLayers.Convolution3x3(width, width, stride);
        _bn2 = ConvolutionLayers.Normalization(width, splits);
        _conv3 = ConvolutionLayers.Convolution1x1(width, outputs);
        _bn3 = ConvolutionLayers.Normalization(outputs, splits);
        RegisterComponents();
    }

    public Module<Tensor, Tensor> LastNormalization => _bn3;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var residual = _bn1.call(_conv1.call(input)).relu_(); // [N, width, H, W]
        residual = _bn2.call(_conv2.call(residual)).relu_(); // [N, width, H / stride, W / stride]
        residual = _bn3.call(_conv3.call(residual)); // [N, 4 width, H / stride, W / stride]
        return residual.add_(_downsample is null ? input : _downsample.call(input)).relu_().MoveToOuterDisposeScope();
    }
}

/// <summary>A block whose last normalization can be initialized to zero, so that the block starts as the identity.</summary>
internal interface IResidualBlock
{
    nn.Module<Tensor, Tensor> LastNormalization { get; }
}
