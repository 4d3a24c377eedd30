namespace Contrastive.Data;

/// <summary>Generated pictures with captions, and what each of them shows. Disposing it disposes the pictures.</summary>
/// <param name="captioned">The pictures with their captions.</param>
/// <param name="scenes">What picture i shows.</param>
/// <param name="options">What they were generated with.</param>
public sealed class SceneSet(CaptionedImages captioned, IReadOnlyList<Scene> scenes, SceneOptions options) : IDisposable
{
    /// <summary>The pictures, uint8 [N, 3, H, W], with their captions.</summary>
    public CaptionedImages Captioned { get; } = captioned;

    /// <summary>What picture i shows.</summary>
    public IReadOnlyList<Scene> Scenes { get; } = scenes;

    /// <summary>What the scenes were generated with.</summary>
    public SceneOptions Options { get; } = options;

    /// <summary>The number of scenes.</summary>
    public int Count => Scenes.Count;

    /// <inheritdoc/>
    public void Dispose() => Captioned.Dispose();
}
