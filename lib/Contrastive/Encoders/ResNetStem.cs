namespace Contrastive.Encoders;

/// <summary>The first layers of a <see cref="ResNet"/>, before the residual stages.</summary>
public enum ResNetStem
{
    /// <summary>7×7 convolution with stride 2, then 3×3 max-pooling with stride 2: for images of about 224 pixels (He et al. 2016).</summary>
    ImageNet,

    /// <summary>3×3 convolution with stride 1 and no pooling: for images of 32 or 64 pixels (Chen et al. 2020, appendix B.9). The
    /// ImageNet stem shrinks a 32×32 image to 8×8 before the first block and caps CIFAR-10 accuracy at about 76 instead of 91.</summary>
    Cifar,
}
