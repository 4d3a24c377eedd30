using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class CaptionFoilsTests
{
    private static readonly SceneOptions Small = new() { Size = 32, CaptionsPerScene = 1 };

    [Fact]
    public void The_correct_caption_is_true_and_the_wrong_one_false()
    {
        using var set = Scenes.Generate(2500, seed: 1, Small);
        var choices = CaptionFoils.Of(set, seed: 2);
        foreach (var choice in choices)
        {
            Assert.True(CaptionReader.IsTrue(choice.Correct, set.Scenes[choice.Image]) == true, $"{choice}");
            Assert.True(CaptionReader.IsTrue(choice.Wrong, set.Scenes[choice.Image]) == false, $"{choice}");
        }

        Assert.Equal(Enum.GetValues<FoilKind>(), choices.Select(choice => choice.Kind).Distinct().Order());
        Assert.All(choices.CountBy(choice => choice.Kind), kind => Assert.True(kind.Value > 350, $"{kind}"));
    }

    [Fact]
    public void Exactly_one_thing_differs()
    {
        using var set = Scenes.Generate(2000, seed: 3, Small);
        foreach (var choice in CaptionFoils.Of(set, seed: 4))
        {
            string[] correct = [.. Plain(choice.Correct)], wrong = [.. Plain(choice.Wrong)];
            var differing = correct.Zip(wrong).Where(pair => pair.First != pair.Second).ToList();
            switch (choice.Kind)
            {
                case FoilKind.Shape or FoilKind.Color or FoilKind.Relation or FoilKind.Count:
                    Assert.Equal(correct.Length, wrong.Length);
                    Assert.Single(differing);
                    break;
                case FoilKind.Binding:
                    Assert.Equal(2, differing.Count);
                    Assert.Equal(correct.Order(), wrong.Order());
                    break;
                default:
                    Assert.Equal(correct.Order(), wrong.Order());
                    Assert.Equal(4, differing.Count);
                    break;
            }
        }

        // Without what follows from the number (articles, plurals, is or are).
        static IEnumerable<string> Plain(string caption) => CaptionReader.Words(caption)
            .Select(word => word is "an" ? "a" : word is "are" ? "is" : word == "crosses" ? "cross" : Scenes.ShapeNames.Contains(word.TrimEnd('s')) ? word.TrimEnd('s') : word);
    }

    [Fact]
    public void A_wrong_shape_or_color_is_nowhere_in_the_scene()
    {
        using var set = Scenes.Generate(2000, seed: 5, Small);
        foreach (var choice in CaptionFoils.Of(set, seed: 6).Where(choice => choice.Kind is FoilKind.Shape or FoilKind.Color))
        {
            var alien = Assert.Single(Words(choice.Wrong).Except(Words(choice.Correct)));
            Assert.DoesNotContain(set.Scenes[choice.Image].Objects, thing => thing.Shape == alien || thing.Color == alien);
        }

        static IEnumerable<string> Words(string caption) => Scenes.ShapeNames.Concat(Scenes.ColorNames).Where(caption.Contains);
    }

    [Fact]
    public void Wrong_captions_say_nothing_that_was_held_out()
    {
        using var set = Scenes.Generate(2000, seed: 7, Small);
        Assert.DoesNotContain(CaptionFoils.Of(set, seed: 8), choice => Scenes.HeldOut.Any(pair => choice.Wrong.Contains($"{pair}")));
    }

    [Fact]
    public void A_smaller_number_is_wrong_about_as_often_as_a_larger_one()
    {
        using var set = Scenes.Generate(4000, seed: 11, Small);
        var larger = CaptionFoils.Of(set, seed: 12).Where(choice => choice.Kind == FoilKind.Count).Select(choice => Sum(choice.Wrong) - Sum(choice.Correct)).ToList();
        Assert.All(larger, difference => Assert.True(Math.Abs(difference) == 1));
        Assert.InRange(larger.Count(difference => difference > 0) / (double)larger.Count, 0.42, 0.58);

        static int Sum(string caption) => CaptionReader.Words(caption).Sum(word => word switch { "a" or "an" => 1, "two" => 2, "three" => 3, "picture" or "image" => -1, _ => 0 });
    }

    [Fact]
    public void The_seed_decides()
    {
        using var set = Scenes.Generate(300, seed: 9, Small);
        Assert.Equal(CaptionFoils.Of(set, seed: 1), CaptionFoils.Of(set, seed: 1));
        Assert.NotEqual(CaptionFoils.Of(set, seed: 1), CaptionFoils.Of(set, seed: 2));
    }

    [Fact]
    public void Scenes_of_held_out_pairs_have_choices_of_every_kind()
    {
        using var set = Scenes.Generate(600, seed: 10, Small with { Only = Scenes.HeldOut });
        Assert.Equal(6, CaptionFoils.Of(set, seed: 0).Select(choice => choice.Kind).Distinct().Count());
    }
}
