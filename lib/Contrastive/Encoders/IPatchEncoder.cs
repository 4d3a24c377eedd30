using static TorchSharp.torch;

namespace Contrastive.Encoders;

/// <summary>An image encoder that also says what it sees where.</summary>
public interface IPatchEncoder
{
    /// <summary>A feature for each place of the image, of the same kind as the feature of the whole image: what is learned on top of that
    /// one, such as a projection, reads these as well.</summary>
    /// <param name="images">Float <c>[N, C, H, W]</c>, as the encoder's forward pass takes them.</param>
    /// <returns><c>[N, h, w, F]</c>; h and w are the rows and columns of places, F is the width of the image's feature.</returns>
    Tensor Patches(Tensor images);
}
