namespace Contrastive.Data;

/// <summary>What a generated image shows, in words for captions and in the numbers it was drawn with.</summary>
/// <param name="Shape">The class, one of <see cref="Shapes.ClassNames"/>.</param>
/// <param name="Color">The shape's color: <c>red</c>, <c>orange</c>, <c>yellow</c>, <c>green</c>, <c>cyan</c>, <c>blue</c>,
/// <c>purple</c>, <c>pink</c> or <c>white</c>.</param>
/// <param name="Background">The background's color: <c>black</c>, <c>gray</c>, <c>maroon</c>, <c>brown</c>, <c>green</c>, <c>teal</c>,
/// <c>navy</c> or <c>violet</c>.</param>
/// <param name="HalfSize">Half the shape's extent, in half image widths: 0.5 to 0.8.</param>
/// <param name="OffsetX">The horizontal offset from the image's center, positive to the right, in half image widths: −0.35 to 0.35.</param>
/// <param name="OffsetY">The vertical offset, positive upward.</param>
/// <param name="Rotation">Counterclockwise, in radians: −0.75 to 0.75.</param>
public sealed record ShapeAttributes(
    string Shape, string Color, string Background, float HalfSize, float OffsetX, float OffsetY, float Rotation)
{
    /// <summary>The size as a word: <c>small</c> (half size below 0.6), <c>medium</c> or <c>large</c> (from 0.7).</summary>
    public string Size => HalfSize < 0.6f ? "small" : HalfSize < 0.7f ? "medium" : "large";

    /// <summary>The position in words: <c>center</c>, <c>left</c>, <c>top right</c> and so on; offsets up to 0.12 are centered.</summary>
    public string Position => (Word(OffsetY, "bottom", "top"), Word(OffsetX, "left", "right")) switch
    {
        ("", "") => "center",
        ("", var horizontal) => horizontal,
        (var vertical, "") => vertical,
        var (vertical, horizontal) => $"{vertical} {horizontal}",
    };

    /// <summary>The rotation in words: <c>upright</c> within 0.25 radians, else <c>tilted left</c> (counterclockwise) or
    /// <c>tilted right</c>.</summary>
    public string Tilt => Rotation > 0.25f ? "tilted left" : Rotation < -0.25f ? "tilted right" : "upright";

    private static string Word(float offset, string negative, string positive) =>
        offset < -0.12f ? negative : offset > 0.12f ? positive : "";
}
