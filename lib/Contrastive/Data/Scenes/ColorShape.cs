namespace Contrastive.Data;

/// <summary>A color and a shape together, such as a red circle: what scenes combine, and what can be held out.</summary>
/// <param name="Color">One of <see cref="Scenes.ColorNames"/>.</param>
/// <param name="Shape">One of <see cref="Scenes.ShapeNames"/>.</param>
public sealed record ColorShape(string Color, string Shape)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Color} {Shape}";
}
