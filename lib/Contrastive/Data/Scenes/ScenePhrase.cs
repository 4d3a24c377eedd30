namespace Contrastive.Data;

/// <summary>What a caption says of things that are alike: how many, and what they look like as far as it is said.</summary>
internal sealed record ScenePhrase(int Count, string? Size, string? Color, string Shape)
{
    public static readonly IReadOnlyList<string> Numbers = ["no", "one", "two", "three", "four"];

    public bool Fits(SceneObject thing) =>
        thing.Shape == Shape && (Color is null || thing.Color == Color) && (Size is null || thing.Size == Size);

    /// <summary>Whether the scene has just as many of these.</summary>
    public bool IsExact(Scene scene) => scene.Objects.Count(Fits) == Count;

    /// <summary>Such as <c>a small red star</c>, <c>an arrow</c>, <c>two green crosses</c>.</summary>
    public override string ToString()
    {
        var noun = Count == 1 ? Shape : Shape.EndsWith('s') ? Shape + "es" : Shape + "s";
        var words = string.Join(' ', new[] { Size, Color, noun }.OfType<string>());
        return Count == 1 ? $"{(words[0] is 'a' or 'o' ? "an" : "a")} {words}" : $"{Numbers[Count]} {words}";
    }
}
