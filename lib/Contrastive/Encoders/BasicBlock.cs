using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Contrastive.Encoders;

/// <summary>Two 3×3 convolutions and a shortcut (He et al. 2016, figure 5 left). Names as torchvision's.</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>, IResidualBlock
{
    private readonly Conv2d _conv1;
    private readonly Module<Tensor, Tensor> _bn1;
    private readonly Conv2d _conv2;
    private readonly Module<Tensor, Tensor> _bn2;
    private readonly Sequential? _downsample;

    public BasicBlock(int inputs, int outputs, int stride, int splits) : base(nameof(BasicBlock))
    {
        _downsample = ConvolutionLayers.Shortcut(inputs, outputs, stride, splits);
        register_module("conv1", _conv1 = ConvolutionLayers.Convolution3x3(inputs, outputs, stride));
        register_module("bn1", _bn1 = ConvolutionLayers.Normalization(outputs, splits));
        register_module("conv2", _conv2 = ConvolutionLayers.Convolution3x3(outputs, outputs));
        register_module("bn2", _bn2 = ConvolutionLayers.Normalization(outputs, splits));
        if (_downsample is not null)
            register_module("downsample", _downsample);
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
