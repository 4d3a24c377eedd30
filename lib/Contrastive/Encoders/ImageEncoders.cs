using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>The encoders of small pictures by name, for lessons that take <c>--set encoder=NAME</c>.</summary>
public static class ImageEncoders
{
    private delegate (nn.Module<Tensor, Tensor> Encoder, int FeatureCount) Make(int channels, int width, int batchNormSplits);

    private static readonly NamedChoices<Make> Choices = new(
        "encoder",
        ("SmallResNet", (channels, width, splits) => (new SmallResNet(channels, width, splits), 4 * width)),
        ("ResNet18", (channels, _, splits) => Of(ResNet.ResNet18(ResNetStem.Cifar, channels, batchNormSplits: splits))),
        ("ResNet34", (channels, _, splits) => Of(ResNet.ResNet34(ResNetStem.Cifar, channels, batchNormSplits: splits))),
        ("ResNet50", (channels, _, splits) => Of(ResNet.ResNet50(ResNetStem.Cifar, channels, batchNormSplits: splits))));

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => Choices.Names;

    /// <summary>An encoder with random weights, drawn from torch's default generator. The large ones have the stem for pictures of about 32
    /// pixels (<see cref="ResNetStem.Cifar"/>).</summary>
    /// <param name="name">One of <see cref="Names"/>, in upper or lower case.</param>
    /// <param name="channels">3 for color, 1 for gray.</param>
    /// <param name="width">The channels of <c>SmallResNet</c>'s stem; the others have their own.</param>
    /// <param name="batchNormSplits">The parts of a batch with their own statistics, see <see cref="SplitBatchNorm"/>. <value>The default is
    /// 1.</value></param>
    /// <returns>The encoder, images <c>[N, C, H, W]</c> to features <c>[N, FeatureCount]</c>, and their number.</returns>
    /// <exception cref="ArgumentException">No encoder has the name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below one.</exception>
    public static (nn.Module<Tensor, Tensor> Encoder, int FeatureCount) Named(string name, int channels, int width, int batchNormSplits = 1) =>
        Choices[name](channels, width, batchNormSplits);

    private static (nn.Module<Tensor, Tensor> Encoder, int FeatureCount) Of(ResNet network) => (network, network.FeatureCount);
}
