namespace Contrastive.Data;

/// <summary>What a generated picture shows.</summary>
/// <param name="Objects">The things on it, which do not overlap; some may be alike.</param>
/// <param name="Background">The background's color, of which captions do not speak: <c>black</c>, <c>gray</c>, <c>maroon</c>, <c>brown</c>,
/// <c>green</c>, <c>teal</c>, <c>navy</c> or <c>violet</c>.</param>
public sealed record Scene(IReadOnlyList<SceneObject> Objects, string Background);

/// <summary>One thing of a scene, in words and in the numbers it was drawn with. Lengths are in half image widths.</summary>
/// <param name="Shape">One of <see cref="Scenes.ShapeNames"/>.</param>
/// <param name="Color">One of <see cref="Scenes.ColorNames"/>.</param>
/// <param name="Size"><c>small</c> (half size 0.32 to 0.36), <c>medium</c> (0.4 to 0.44) or <c>large</c> (0.48 to 0.56).</param>
/// <param name="X">The center's distance from the image's center, positive to the right.</param>
/// <param name="Y">The center's distance from the image's center, positive upward.</param>
/// <param name="HalfSize">Half the extent.</param>
/// <param name="Rotation">Counterclockwise, in radians: −0.5 to 0.5.</param>
public sealed record SceneObject(string Shape, string Color, string Size, float X, float Y, float HalfSize, float Rotation)
{
    /// <summary>Color and shape together.</summary>
    public ColorShape Pair => new(Color, Shape);
}
