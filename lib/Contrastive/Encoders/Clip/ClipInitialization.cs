using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>
/// The initial weights of CLIP's towers, those of the text transformer in OpenAI's released code (Radford et al. 2021): normal with
/// standard deviation C^−½ for queries, keys and values, (2 C)^−½ for the first feed-forward layer, (2 L C)^−½ for what is added to the
/// residual stream, L layers of width C; 0.02 for tokens, 0.01 for positions of text, C^−½ for positions of images, class token and
/// projections. Biases are zero. The released code leaves the vision transformer's layers at PyTorch's defaults; here both towers start alike.
/// </summary>
internal static class ClipInitialization
{
    public static void Normal(Tensor weight, double deviation)
    {
        using var _ = no_grad();
        weight.normal_(0, deviation);
    }

    public static void Normal(Linear layer, double deviation)
    {
        Normal(layer.weight!, deviation);
        if (layer.bias is not { } bias)
            return;
        using var _ = no_grad();
        bias.zero_();
    }
}
