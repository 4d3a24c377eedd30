using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>A block whose last normalization may start at zero, so that the block starts as the identity.</summary>
internal interface IResidualBlock
{
    nn.Module<Tensor, Tensor> LastNormalization { get; }
}
