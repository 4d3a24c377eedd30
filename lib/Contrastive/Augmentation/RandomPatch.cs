using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Augmentation;

/// <summary>Cuts a square patch out of each image at a random position, without resizing it.</summary>
/// <param name="size">Height and width of the patches in pixels.</param>
/// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
public sealed class RandomPatch(int size) : IImageAugmentation
{
    private readonly int _size = Require.AtLeast(size, 1);

    /// <inheritdoc/>
    public Tensor Apply(Tensor images, Generator generator)
    {
        ImageBatch.Check(images, generator);
        var (count, height, width) = (images.size(0), images.size(2), images.size(3));
        if (_size > height || _size > width)
            throw new ArgumentException($"A patch of {_size} × {_size} pixels does not fit into images of {height} × {width}.", nameof(images));
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var place = RandomDraw.Unit(generator, 2, count); // [2, B]
        var top = place[0].mul(height - _size + 1).floor_().clamp_(max: height - _size);
        var left = place[1].mul(width - _size + 1).floor_().clamp_(max: width - _size);
        return Cut(images, top.to(int64, images.device), left.to(int64, images.device), _size).MoveToOuterDisposeScope();
    }

    /// <summary>Cuts at the given corners, each int64 [B].</summary>
    internal static Tensor Cut(Tensor images, Tensor top, Tensor left, int size)
    {
        var (count, channels, height, width) = (images.size(0), images.size(1), images.size(2), images.size(3));
        var steps = arange(size, device: images.device, dtype: int64);
        var rows = top.unsqueeze(1).add(steps).mul_(width).unsqueeze(2); // [B, size, 1]
        var columns = left.unsqueeze(1).add(steps).unsqueeze(1); // [B, 1, size]
        var pixels = rows.add(columns).view(count, 1, -1).expand(-1, channels, -1); // [B, C, size · size]
        return images.reshape(count, channels, height * width).gather(2, pixels).view(count, channels, size, size);
    }
}
