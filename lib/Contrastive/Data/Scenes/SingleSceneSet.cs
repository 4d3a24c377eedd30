namespace Contrastive.Data;

/// <summary>Generated pictures of one thing each, labeled by its shape. Disposing it disposes the pictures.</summary>
/// <param name="images">The pictures, labeled by shape.</param>
/// <param name="scenes">What picture i shows: one thing.</param>
/// <param name="heldOut">The pairs of color and shape that were held out of training.</param>
public sealed class SingleSceneSet(ImageSet images, IReadOnlyList<Scene> scenes, IReadOnlyList<ColorShape> heldOut) : IDisposable
{
    /// <summary>The pictures, uint8 [N, 3, H, W], labeled by shape.</summary>
    public ImageSet Images { get; } = images;

    /// <summary>What picture i shows.</summary>
    public IReadOnlyList<Scene> Scenes { get; } = scenes;

    /// <summary>Whether picture i shows a pair of color and shape that was held out.</summary>
    public IReadOnlyList<bool> IsHeldOut { get; } = [.. scenes.Select(scene => heldOut.Contains(scene.Objects[0].Pair))];

    /// <summary>The number of pictures.</summary>
    public int Count => Scenes.Count;

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();
}
