using System.Numerics;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>The named colors of the generated world: bright ones for shapes, dark ones for backgrounds; channels in [0, 1].</summary>
internal static class ShapePalette
{
    /// <summary>
    /// How far each channel may deviate from the named color, so that hardly any two images share a color; less than half the distance
    /// between any two named colors, so that the name stays right.
    /// </summary>
    public const float Spread = 0.075f;

    public static readonly IReadOnlyList<(string Name, Vector3 Color)> Shapes =
    [
        ("red", new(0.95f, 0.52f, 0.48f)),
        ("orange", new(0.98f, 0.74f, 0.42f)),
        ("yellow", new(0.95f, 0.95f, 0.55f)),
        ("green", new(0.55f, 0.9f, 0.52f)),
        ("cyan", new(0.52f, 0.92f, 0.92f)),
        ("blue", new(0.5f, 0.65f, 0.98f)),
        ("purple", new(0.72f, 0.5f, 0.95f)),
        ("pink", new(0.97f, 0.62f, 0.8f)),
        ("white", new(0.93f, 0.93f, 0.93f)),
    ];

    public static readonly IReadOnlyList<(string Name, Vector3 Color)> Grounds =
    [
        ("black", new(0.04f, 0.04f, 0.04f)),
        ("gray", new(0.32f, 0.32f, 0.32f)),
        ("maroon", new(0.37f, 0.02f, 0.15f)),
        ("brown", new(0.38f, 0.22f, 0.06f)),
        ("green", new(0.05f, 0.34f, 0.14f)),
        ("teal", new(0.04f, 0.3f, 0.36f)),
        ("navy", new(0.05f, 0.1f, 0.38f)),
        ("violet", new(0.28f, 0.06f, 0.38f)),
    ];

    /// <summary>One of the palette's colors, with the exact color near it.</summary>
    public static (string Name, Vector3 Color) Draw(IReadOnlyList<(string Name, Vector3 Color)> palette, ref SplitMix64 random) =>
        Near(palette[random.Below(palette.Count)], ref random);

    /// <summary>An exact color near a named one.</summary>
    public static (string Name, Vector3 Color) Near((string Name, Vector3 Color) named, ref SplitMix64 random)
    {
        var stray = new Vector3(random.Uniform(-Spread, Spread), random.Uniform(-Spread, Spread), random.Uniform(-Spread, Spread));
        return (named.Name, Vector3.Clamp(named.Color + stray, Vector3.Zero, Vector3.One));
    }
}
