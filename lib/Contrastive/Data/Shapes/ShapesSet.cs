namespace Contrastive.Data;

/// <summary>Generated images of shapes, with what each of them shows. Disposing it disposes the images.</summary>
/// <param name="images">The images, labeled by shape.</param>
/// <param name="attributes">What image i shows.</param>
public sealed class ShapesSet(ImageSet images, IReadOnlyList<ShapeAttributes> attributes) : IDisposable
{
    /// <summary>The images, uint8 [N, 3, H, W], labeled by shape.</summary>
    public ImageSet Images { get; } = images;

    /// <summary>What image i shows: shape, colors, size, position, rotation.</summary>
    public IReadOnlyList<ShapeAttributes> Attributes { get; } = attributes;

    /// <summary>The number of images.</summary>
    public int Count => Attributes.Count;

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();
}
