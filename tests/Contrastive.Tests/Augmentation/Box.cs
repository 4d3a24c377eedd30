using Contrastive.Augmentation;

namespace Contrastive.Tests.Augmentation;

/// <summary>One image's box, as numbers.</summary>
internal sealed record Box(int Top, int Left, int Height, int Width)
{
    public static Box Of(RandomBoxes boxes, int image) => new(
        (int)boxes.Top[image].item<float>(), (int)boxes.Left[image].item<float>(), (int)boxes.Height[image].item<float>(), (int)boxes.Width[image].item<float>());
}
