using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Draws captions of a scene, all of them true. A caption says of each thing its shape, or color and shape, or the size as well; it names
/// all things, or some, or two and how they lie.</summary>
internal static class SceneCaptions
{
    private const float Related = 0.35f;
    private const float Partial = 0.3f;
    private const float WithoutColor = 0.25f;
    private const float Sized = 0.35f;

    /// <summary>How often another caption is drawn where one repeats an earlier one.</summary>
    private const int Tries = 20;

    public static string[] Draw(Scene scene, int count, ref SplitMix64 random)
    {
        var captions = new string[count];
        for (var i = 0; i < count; i++)
        {
            for (var tries = 0; tries == 0 || (tries < Tries && captions.AsSpan(0, i).Contains(captions[i])); tries++)
                captions[i] = Draw(scene, ref random).ToString();
        }

        return captions;
    }

    public static SceneWording DrawWording(ref SplitMix64 random) => random.Below(5) switch
    {
        0 => SceneWording.Picture,
        1 => SceneWording.Image,
        2 => SceneWording.ThereIs,
        _ => SceneWording.Plain,
    };

    private static SceneCaption Draw(Scene scene, ref SplitMix64 random)
    {
        while (true)
        {
            var wording = DrawWording(ref random);
            var isColored = random.Uniform(0, 1) >= WithoutColor;
            var phrases = Phrases(scene, isColored, ref random);
            if (phrases.Count > 1 && random.Uniform(0, 1) < Related && Relation(scene, phrases[0], phrases[1], wording) is { } related)
                return related;
            if (phrases.Count > 1 && random.Uniform(0, 1) < Partial)
                phrases = phrases[..(1 + random.Below(phrases.Count - 1))];
            var caption = new SceneCaption(phrases, null, wording);
            if (caption.IsTrue(scene))
                return caption;
        }
    }

    /// <summary>The things in any order, those that are described alike together.</summary>
    private static List<ScenePhrase> Phrases(Scene scene, bool isColored, ref SplitMix64 random)
    {
        var descriptions = new List<ScenePhrase>();
        foreach (var thing in scene.Objects)
        {
            var size = thing.Size != "medium" && random.Uniform(0, 1) < Sized ? thing.Size : null;
            descriptions.Insert(random.Below(descriptions.Count + 1), new ScenePhrase(1, size, isColored ? thing.Color : null, thing.Shape));
        }

        return [.. descriptions.GroupBy(description => description).Select(alike => alike.Key with { Count = alike.Count() })];
    }

    private static SceneCaption? Relation(Scene scene, ScenePhrase first, ScenePhrase second, SceneWording wording) =>
        first.Count == 1 && second.Count == 1
            ? Enum.GetValues<SceneRelation>().Select(relation => new SceneCaption([first, second], relation, wording)).FirstOrDefault(caption => caption.IsTrue(scene))
            : null;
}
