using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

/// <summary>One small image, and what torchvision's functions make of it (recorded with PyTorch 1.13 of Debian 12).</summary>
internal static class Torchvision
{
    public static Tensor Image => Of(
        2, 3, 0.1f, 0.9f, 0.5f, 0.2f, 0, 1, 0.4f, 0.3f, 0.5f, 0.8f, 0, 0.6f, 0.7f, 0.6f, 0.5f, 0.25f, 0, 0.05f);

    /// <summary>adjust_brightness(1.3)</summary>
    public static Tensor Brighter => Of(
        2, 3, 0.13f, 1, 0.65f, 0.26f, 0, 1, 0.52f, 0.39f, 0.65f, 1, 0, 0.78f, 0.91f, 0.78f, 0.65f, 0.325f, 0, 0.065f);

    /// <summary>adjust_contrast(0.4)</summary>
    public static Tensor Flatter => Of(
        2, 3, 0.297263f, 0.617263f, 0.457263f, 0.337263f, 0.257263f, 0.657263f, 0.417263f, 0.377263f, 0.457263f,
        0.577263f, 0.257263f, 0.497263f, 0.537263f, 0.497263f, 0.457263f, 0.357263f, 0.257263f, 0.277263f);

    /// <summary>adjust_saturation(1.7)</summary>
    public static Tensor MoreColorful => Of(
        2, 3, 0, 1, 0.500035f, 0, 0, 1, 0.438857f, 0.150543f, 0.500035f,
        0.969484f, 0, 0.560240f, 0.948857f, 0.660543f, 0.500035f, 0.034484f, 0, 0);

    /// <summary>adjust_hue(0.1)</summary>
    public static Tensor HueForward => Of(
        2, 3, 0.16f, 0.9f, 0.5f, 0.2f, 0, 0.83f, 0.1f, 0.36f, 0.5f, 0.8f, 0, 1, 0.7f, 0.3f, 0.5f, 0.61f, 0, 0.05f);

    /// <summary>adjust_hue(-0.45)</summary>
    public static Tensor HueBack => Of(
        2, 3, 0.7f, 0.3f, 0.5f, 0.8f, 0, 0.05f, 0.58f, 0.9f, 0.5f, 0.2f, 0, 0.165f, 0.1f, 0.78f, 0.5f, 0.57f, 0, 1);

    /// <summary>gaussian_blur([3, 3], [0.8, 0.8])</summary>
    public static Tensor Blurred => Of(
        2, 3, 0.301717f, 0.457185f, 0.610327f, 0.285076f, 0.442815f, 0.602880f, 0.383465f, 0.353962f, 0.360812f,
        0.386345f, 0.352328f, 0.356797f, 0.402835f, 0.347478f, 0.298433f, 0.379869f, 0.324220f, 0.275466f);

    /// <summary>solarize(0.5)</summary>
    public static Tensor Solarized => Of(
        2, 3, 0.1f, 0.1f, 0.5f, 0.2f, 0, 0, 0.4f, 0.3f, 0.5f, 0.2f, 0, 0.4f, 0.3f, 0.4f, 0.5f, 0.25f, 0, 0.05f);

    /// <summary>resized_crop(top 0, left 1, height 2, width 2, [3, 3], antialias)</summary>
    public static Tensor Cropped => Of(
        3, 3, 0.9f, 0.7f, 0.5f, 0.45f, 0.6f, 0.75f, 0, 0.5f, 1, 0.3f, 0.4f, 0.5f, 0.15f, 0.35f, 0.55f, 0, 0.3f, 0.6f,
        0.6f, 0.55f, 0.5f, 0.3f, 0.2875f, 0.275f, 0, 0.025f, 0.05f);

    private static Tensor Of(int height, int width, params float[] values) => tensor(values).view(1, 3, height, width);
}
