namespace Contrastive.Data;

/// <summary>Two captions of a picture that differ in one thing: which of them is true?</summary>
/// <param name="Image">The picture's place in its set.</param>
/// <param name="Kind">What is wrong with the wrong one.</param>
/// <param name="Correct">The true caption.</param>
/// <param name="Wrong">The false caption.</param>
public sealed record CaptionChoice(int Image, FoilKind Kind, string Correct, string Wrong);

/// <summary>What is wrong with a caption.</summary>
public enum FoilKind
{
    /// <summary>A shape that nothing in the scene has: <c>a red star</c> for <c>a red ring</c>. One word decides.</summary>
    Shape,

    /// <summary>A color that nothing in the scene has: <c>a red star</c> for <c>a blue star</c>. One word decides.</summary>
    Color,

    /// <summary>Another number: <c>two red stars</c> for <c>three red stars</c>.</summary>
    Count,

    /// <summary>Two things exchange their colors: <c>a red star and a blue ring</c> for <c>a blue star and a red ring</c>. The words are the same.</summary>
    Binding,

    /// <summary>Two things exchange their places: <c>a red star above a blue ring</c> for <c>a blue ring above a red star</c>. The words are
    /// the same.</summary>
    Order,

    /// <summary>The opposite direction: <c>above</c> for <c>below</c>, <c>to the left of</c> for <c>to the right of</c>.</summary>
    Relation,
}
