namespace Contrastive.Data;

/// <summary>A statement about a scene: a list of things, or two things and how they lie. Its text has one of a few wordings.</summary>
internal sealed record SceneCaption(IReadOnlyList<ScenePhrase> Phrases, SceneRelation? Relation, SceneWording Wording)
{
    /// <summary>Whether all that it says holds, numbers included, and the relation without doubt.</summary>
    public bool IsTrue(Scene scene) =>
        Phrases.All(phrase => phrase.IsExact(scene))
        && (Relation is not { } relation || relation.Holds(scene.Objects.First(Phrases[0].Fits), scene.Objects.First(Phrases[1].Fits)));

    public override string ToString()
    {
        var content = Relation is { } relation ? $"{Phrases[0]} {relation.Words} {Phrases[1]}" : List();
        return Wording switch
        {
            SceneWording.Plain => content,
            SceneWording.Picture => $"a picture of {content}",
            SceneWording.Image => $"an image of {content}",
            _ => $"there {(Phrases[0].Count == 1 ? "is" : "are")} {content}",
        };
    }

    private string List() => Phrases.Count == 1 ? $"{Phrases[0]}" : $"{string.Join(", ", Phrases.SkipLast(1))} and {Phrases[^1]}";
}

/// <summary>How a caption begins.</summary>
internal enum SceneWording
{
    /// <summary><c>a red star</c>.</summary>
    Plain,

    /// <summary><c>a picture of a red star</c>.</summary>
    Picture,

    /// <summary><c>an image of a red star</c>.</summary>
    Image,

    /// <summary><c>there is a red star</c>.</summary>
    ThereIs,
}
