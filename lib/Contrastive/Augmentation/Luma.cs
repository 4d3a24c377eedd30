using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>The perceived brightness (ITU-R BT.601), with torchvision's weights.</summary>
internal static class Luma
{
    /// <summary>[B, 3, H, W] or [B, 1, H, W] → a new [B, 1, H, W].</summary>
    public static Tensor Of(Tensor images) => images.size(1) == 1
        ? images.clone()
        : images.narrow(1, 0, 1).mul(0.2989).add_(images.narrow(1, 1, 1), 0.587).add_(images.narrow(1, 2, 1), 0.114);
}
