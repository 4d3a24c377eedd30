using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Captions of scenes with one thing wrong, to see what a model of pictures and texts understands beside which words occur.</summary>
public static class CaptionFoils
{
    /// <summary>Of so many scenes in which no two things are alike one has a choice of number. There are far more of these than of others, and
    /// their wrong number is the larger one.</summary>
    private const int SingleOneIn = 8;

    /// <summary>For each scene one choice of each kind that it allows: shape and color of any scene; number
    /// where things are alike, and in an eighth of the others, so that a smaller number is wrong about as often as a larger one; binding where two things differ in
    /// color and shape; order and relation where it is plain how two such things lie. No wrong caption speaks of a pair of color and shape
    /// that was held out, since it would be known by that; of scenes of <see cref="SceneOptions.Only"/> certain pairs this cannot be said.</summary>
    /// <param name="set">The scenes.</param>
    /// <param name="seed">Which things the captions speak of, and what is wrong.</param>
    /// <returns>The choices, by scene and then by kind.</returns>
    public static IReadOnlyList<CaptionChoice> Of(SceneSet set, long seed)
    {
        ArgumentNullException.ThrowIfNull(set);
        IReadOnlyList<ColorShape> unheard = set.Options.Only is null ? set.Options.HeldOut : [];
        var choices = new List<CaptionChoice>();
        for (var i = 0; i < set.Count; i++)
        {
            var random = new SplitMix64(seed, i);
            foreach (var kind in Enum.GetValues<FoilKind>())
            {
                if (Draw(set.Scenes[i], kind, unheard, ref random) is var (correct, wrong))
                    choices.Add(new CaptionChoice(i, kind, correct.ToString(), wrong.ToString()));
            }
        }

        return choices;
    }

    private static (SceneCaption Correct, SceneCaption Wrong)? Draw(Scene scene, FoilKind kind, IReadOnlyList<ColorShape> unheard, ref SplitMix64 random)
    {
        List<ScenePhrase> phrases = [.. scene.Objects.CountBy(thing => thing.Pair).Select(alike => new ScenePhrase(alike.Value, null, alike.Key.Color, alike.Key.Shape))];
        Shuffle(phrases, ref random);
        var wording = SceneCaptions.DrawWording(ref random);
        List<(SceneCaption, SceneCaption)> choices = kind switch
        {
            FoilKind.Shape => [.. Scenes.ShapeNames.Where(shape => scene.Objects.All(thing => thing.Shape != shape)).Select(shape => List(phrases, [phrases[0] with { Shape = shape }, .. phrases[1..]]))],
            FoilKind.Color => [.. Scenes.ColorNames.Where(color => scene.Objects.All(thing => thing.Color != color)).Select(color => List(phrases, [phrases[0] with { Color = color }, .. phrases[1..]]))],
            FoilKind.Count => [.. Counts(phrases, ref random).Select(wrong => List([wrong with { Count = phrases[0].Count }, .. phrases[1..]], [wrong, .. phrases[1..]]))],
            _ => [.. TwoThings(phrases).SelectMany(two => kind == FoilKind.Binding ? [Exchanged(two.First, two.Second)] : Related(two.First, two.Second))],
        };
        choices.RemoveAll(choice => choice.Item2.Phrases.Any(phrase => unheard.Contains(new ColorShape(phrase.Color!, phrase.Shape))));
        return choices.Count == 0 ? null : choices[random.Below(choices.Count)];

        (SceneCaption, SceneCaption) List(List<ScenePhrase> correct, List<ScenePhrase> wrong) => (new(correct, null, wording), new(wrong, null, wording));

        (SceneCaption, SceneCaption) Exchanged(ScenePhrase first, ScenePhrase second) =>
            List([first, second], [first with { Color = second.Color }, second with { Color = first.Color }]);

        IEnumerable<(SceneCaption, SceneCaption)> Related(ScenePhrase first, ScenePhrase second)
        {
            foreach (var relation in Enum.GetValues<SceneRelation>())
            {
                var correct = new SceneCaption([first, second], relation, wording);
                if (correct.IsTrue(scene))
                    yield return (correct, kind == FoilKind.Order ? correct with { Phrases = [second, first] } : correct with { Relation = relation.Opposite });
            }
        }
    }

    /// <summary>The things of which there are most, which become the first, with a number that is off by one. Preferring few things, or many,
    /// must not pay: see <see cref="SingleOneIn"/>.</summary>
    private static IEnumerable<ScenePhrase> Counts(List<ScenePhrase> phrases, ref SplitMix64 random)
    {
        phrases.Sort((one, other) => other.Count.CompareTo(one.Count));
        var (first, isPassedOver) = (phrases[0], phrases[0].Count == 1 && random.Below(SingleOneIn) > 0);
        return new[] { first.Count - 1, first.Count + 1 }.Where(count => count is >= 1 and <= 3 && !isPassedOver).Select(count => first with { Count = count });
    }

    /// <summary>Single things that differ in color and in shape, in both orders, where exchanging the colors makes no thing of the scene.</summary>
    private static IEnumerable<(ScenePhrase First, ScenePhrase Second)> TwoThings(List<ScenePhrase> phrases) =>
        from first in phrases
        from second in phrases
        where first.Count == 1 && second.Count == 1 && first.Color != second.Color && first.Shape != second.Shape
        where !phrases.Exists(other => (other.Color, other.Shape) == (second.Color, first.Shape) || (other.Color, other.Shape) == (first.Color, second.Shape))
        select (first, second);

    private static void Shuffle(List<ScenePhrase> phrases, ref SplitMix64 random)
    {
        for (var i = phrases.Count - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (phrases[i], phrases[other]) = (phrases[other], phrases[i]);
        }
    }
}
