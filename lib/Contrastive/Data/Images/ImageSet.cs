using System.Globalization;
using System.Runtime.CompilerServices;
using Contrastive.Torch;
using static TorchSharp.torch;

namespace Contrastive.Data;

/// <summary>
/// One split of a data set of labeled images, held in memory as one tensor, so that a batch is one gather.
/// The set owns its tensors: they outlive dispose scopes and are released by <see cref="Dispose"/>.
/// </summary>
public sealed class ImageSet : IDisposable
{
    /// <summary>Makes a set of the given tensors and takes ownership of them.</summary>
    /// <param name="name">What the set is called in tables and titles, such as <c>CIFAR-10 (JPEG) train</c>.</param>
    /// <param name="images">uint8 <c>[N, C, H, W]</c>.</param>
    /// <param name="labels">int64 <c>[N]</c>, each in 0 … <paramref name="classNames"/>.Count − 1, on the images' device.</param>
    /// <param name="classNames">The name of each class, in the order of the labels.</param>
    /// <exception cref="ArgumentException">A tensor has another type, shape or device, or a label has no class name.</exception>
    public ImageSet(string name, Tensor images, Tensor labels, IReadOnlyList<string> classNames)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(classNames);
        Require.Shape(images, "Byte [N, C, H, W]", mayBeEmpty: true);

        Require.Shape(labels, $"Int64 [{images.size(0)}]", "one for each image");

        if (labels.device.ToString() != images.device.ToString())
        {
            throw new ArgumentException($"Images are on {images.device}, labels on {labels.device}: put both on one device.", nameof(labels));
        }

        CheckLabels(labels, classNames.Count);
        Name = name;
        Images = images.contiguous().DetachFromDisposeScope();
        Labels = labels.contiguous().DetachFromDisposeScope();
        ClassNames = [.. classNames];
    }

    /// <summary>What the set is called in tables and titles.</summary>
    public string Name { get; }

    /// <summary>The images, uint8 <c>[N, C, H, W]</c>, contiguous.</summary>
    public Tensor Images { get; }

    /// <summary>The class of each image, int64 <c>[N]</c>.</summary>
    public Tensor Labels { get; }

    /// <summary>The name of each class, in the order of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The color of the thing in each image, int64 <c>[N]</c>, as a place in <see cref="Shapes.ColorNames"/>: for measuring whether
    /// an encoder sees paint. Only generated shapes have it; null for all other images.</summary>
    public Tensor? Colors { get; init => field = OneForEachImage(value); }

    /// <summary>The color of the ground in each image, int64 <c>[N]</c>, as a place in <see cref="Shapes.GroundNames"/>. Only generated
    /// shapes have it; null for all other images.</summary>
    public Tensor? Grounds { get; init => field = OneForEachImage(value); }

    /// <summary>The number of images, N.</summary>
    public int Count => (int)Images.size(0);

    /// <summary>The number of channels, C: 3 for color, 1 for gray.</summary>
    public int Channels => (int)Images.size(1);

    /// <summary>The height of each image in pixels, H.</summary>
    public int Height => (int)Images.size(2);

    /// <summary>The width of each image in pixels, W.</summary>
    public int Width => (int)Images.size(3);

    /// <summary>The images at the given indices, as float32 <c>[B, C, H, W]</c> in [0, 1] on the set's device.</summary>
    /// <param name="indices">int64 <c>[B]</c>, on any device; an index may occur more than once.</param>
    /// <exception cref="ArgumentException">The indices are not an int64 vector.</exception>
    public Tensor Batch(Tensor indices)
    {
        Require.Shape(indices, "Int64 [B]", mayBeEmpty: true);
        using var scope = NewDisposeScope();
        var chosen = Images.index_select(0, indices.to(Images.device)); // [B, C, H, W]
        return chosen.to(ScalarType.Float32).div_(255).MoveToOuterDisposeScope();
    }

    /// <summary>The first images, as a new set.</summary>
    /// <param name="count">How many, 1 … <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The set does not have that many images.</exception>
    public ImageSet Take(int count)
    {
        Require.Between(count, 1, Count, $"'{Name}' has no more images");

        return With(tensor => tensor.narrow(0, 0, count).clone());
    }

    /// <summary>The images at the given indices with their labels, as a new set.</summary>
    /// <param name="indices">int64 <c>[B]</c>, on any device; an index may occur more than once.</param>
    /// <exception cref="ArgumentException">The indices are not an int64 vector.</exception>
    public ImageSet Select(Tensor indices)
    {
        Require.Shape(indices, "Int64 [B]", mayBeEmpty: true);
        using var scope = NewDisposeScope();
        var places = indices.to(Images.device);
        return With(tensor => tensor.index_select(0, places));
    }

    /// <summary>The same set on another device. If it is already there, the new set shares this one's memory; dispose both.</summary>
    /// <param name="device">The device to hold the images and labels.</param>
    public ImageSet To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using var scope = NewDisposeScope();
        return With(tensor => tensor.alias().to(device));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        Colors?.Dispose();
        Grounds?.Dispose();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name}: {Count:N0} images {Channels}×{Height}×{Width}, {ClassNames.Count} classes");

    private ImageSet With(Func<Tensor, Tensor> change) => new(Name, change(Images), change(Labels), ClassNames)
    {
        Colors = Colors is null ? null : change(Colors),
        Grounds = Grounds is null ? null : change(Grounds),
    };

    private Tensor? OneForEachImage(Tensor? values, [CallerMemberName] string name = "")
    {
        if (values is null)
            return null;
        Require.Shape(values, $"Int64 [{Count}]", "one for each image", name: name);
        return values.contiguous().DetachFromDisposeScope();
    }

    private static void CheckLabels(Tensor labels, int classes)
    {
        if (labels.size(0) == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        long least = labels.min().item<long>(), greatest = labels.max().item<long>();
        if (least < 0 || greatest >= classes)
        {
            throw new ArgumentException($"Labels run from {least} to {greatest}, but there are {classes} class names: use 0 to {classes - 1}.", nameof(labels));
        }
    }
}
