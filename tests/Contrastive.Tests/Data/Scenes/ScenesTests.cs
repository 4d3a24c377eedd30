using System.Numerics;
using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class ScenesTests
{
    [Fact]
    public void The_same_seed_gives_the_same_scenes_whatever_their_number()
    {
        using var few = Scenes.Generate(23, seed: 5);
        using var many = Scenes.Generate(90, seed: 5);
        Assert.True(few.Captioned.Images.equal(many.Captioned.Images[..23]).all().item<bool>());
        Assert.Equal(few.Captioned.Texts, many.Captioned.Texts.Take(23 * 5));
        Assert.Equal(few.Scenes.SelectMany(scene => scene.Objects), many.Scenes.Take(23).SelectMany(scene => scene.Objects));
    }

    [Fact]
    public void Another_seed_gives_other_scenes()
    {
        using var one = Scenes.Generate(50, seed: 1);
        using var other = Scenes.Generate(50, seed: 2);
        Assert.Empty(one.Scenes.SelectMany(scene => scene.Objects).Intersect(other.Scenes.SelectMany(scene => scene.Objects)));
    }

    [Fact]
    public void Things_lie_wholly_in_the_picture_and_apart()
    {
        using var set = Scenes.Generate(3000, seed: 3, new SceneOptions { Size = 32, CaptionsPerScene = 1 });
        foreach (var things in set.Scenes.Select(scene => scene.Objects))
        {
            foreach (var thing in things)
            {
                Assert.InRange(Math.Abs(thing.X) + 1.09 * thing.HalfSize, 0, 1);
                Assert.InRange(Math.Abs(thing.Y) + 1.09 * thing.HalfSize, 0, 1);
                var apart = things.Where(other => other != thing).Select(other =>
                    Vector2.Distance(new(thing.X, thing.Y), new(other.X, other.Y)) - 1.09f * (thing.HalfSize + other.HalfSize));
                Assert.All(apart, distance => Assert.True(distance > 0.05));
            }
        }

        Assert.All(set.Scenes.CountBy(scene => scene.Objects.Count), count => Assert.InRange(count.Value, 850, 1150));
        Assert.Equal([1, 2, 3], set.Scenes.Select(scene => scene.Objects.Count).Distinct().Order());
    }

    [Fact]
    public void A_thing_has_its_color_where_it_is_said_to_lie()
    {
        using var set = Scenes.Generate(400, seed: 4);
        var images = set.Captioned.Images;
        var solid = new[] { "circle", "square", "triangle", "star", "cross", "pentagon" };
        var seen = 0;
        foreach (var (i, scene) in set.Scenes.Index())
        {
            foreach (var thing in scene.Objects.Where(thing => solid.Contains(thing.Shape)))
            {
                var (column, row) = ((int)((1 + thing.X) * 24), (int)((1 - thing.Y) * 24));
                var mean = images[i, .., (row - 1)..(row + 2), (column - 1)..(column + 2)].to(float32).mean([1, 2]) / 255;
                var color = new Vector3(mean[0].item<float>(), mean[1].item<float>(), mean[2].item<float>());
                Assert.Equal(thing.Color, ShapePalette.Shapes.MinBy(named => Vector3.Distance(named.Color, color)).Name);
                seen++;
            }
        }

        Assert.True(seen > 300);
    }

    [Fact]
    public void Every_caption_is_true_and_exact()
    {
        using var set = Scenes.Generate(2000, seed: 6, new SceneOptions { Size = 32, MostObjects = 4 });
        foreach (var (scene, captions) in set.Scenes.Zip(set.Captioned.Captions))
            Assert.All(captions, caption => Assert.True(CaptionReader.IsTrue(caption, scene) == true, $"{caption}: {string.Join("; ", scene.Objects)}"));
        var repeated = set.Captioned.Captions.Count(captions => captions.Distinct().Count() < captions.Count);
        Assert.Equal(0, repeated);
    }

    [Fact]
    public void Captions_say_all_sorts_of_things_in_a_few_dozen_words()
    {
        using var set = Scenes.Generate(2500, seed: 7, new SceneOptions { Size = 32 });
        var words = set.Captioned.Texts.SelectMany(CaptionReader.Words).CountBy(word => word).ToDictionary();
        Assert.InRange(words.Count, 45, 55);
        Assert.All(words, word => Assert.True(word.Value >= 35, $"{word}"));
        double Share(Func<string, bool> says) => set.Captioned.Texts.Count(says) / (double)set.Captioned.Texts.Count;
        Assert.InRange(Share(text => text.Contains("left") || text.Contains("right") || text.Contains("above") || text.Contains("below")), 0.05, 0.25);
        Assert.InRange(Share(text => text.Contains("two") || text.Contains("three")), 0.08, 0.3);
        Assert.InRange(Share(text => text.Contains("small") || text.Contains("large")), 0.2, 0.5);
        Assert.InRange(Share(text => Scenes.ColorNames.Any(text.Contains)), 0.6, 0.85);
    }

    [Fact]
    public void One_pair_of_each_color_is_held_out_and_each_color_and_shape_is_seen_in_others()
    {
        Assert.Equal(Scenes.ColorNames, Scenes.HeldOut.Select(pair => pair.Color));
        Assert.Equal(9, Scenes.HeldOut.Select(pair => pair.Shape).Distinct().Count());
        using var set = Scenes.Generate(3000, seed: 8, new SceneOptions { Size = 32, CaptionsPerScene = 2 });
        var seen = set.Scenes.SelectMany(scene => scene.Objects).Select(thing => thing.Pair).Distinct().ToList();
        Assert.Equal(81, seen.Count);
        Assert.Empty(seen.Intersect(Scenes.HeldOut));
        Assert.DoesNotContain(set.Captioned.Texts, text => Scenes.HeldOut.Any(pair => text.Contains($"{pair}")));
    }

    [Fact]
    public void Scenes_of_certain_pairs_have_no_others()
    {
        using var set = Scenes.Generate(500, seed: 9, new SceneOptions { Only = Scenes.HeldOut, LeastObjects = 2, MostObjects = 2 });
        Assert.All(set.Scenes, scene => Assert.Equal(2, scene.Objects.Count));
        Assert.Equal(Scenes.HeldOut.ToHashSet(), set.Scenes.SelectMany(scene => scene.Objects).Select(thing => thing.Pair).ToHashSet());
    }

    [Fact]
    public void Single_things_have_every_pair_once_a_block_and_tell_which_was_held_out()
    {
        using var set = Scenes.Single(270, seed: 10);
        var pairs = set.Scenes.Select(scene => Assert.Single(scene.Objects).Pair).ToList();
        Assert.All(pairs.Chunk(90), block => Assert.Equal(90, block.Distinct().Count()));
        Assert.NotEqual(pairs.Take(90), pairs.Skip(90).Take(90));
        Assert.Equal(pairs.Select(pair => pair.Shape), set.Images.Labels.data<long>().ToArray().Select(label => set.Images.ClassNames[(int)label]));
        Assert.Equal(pairs.Select(Scenes.HeldOut.Contains), set.IsHeldOut);
        Assert.Equal([270, 3, 48, 48], set.Images.Images.shape);
    }

    [Fact]
    public void Impossible_scenes_are_refused_with_the_value_at_fault()
    {
        BadInput.Refused("count is 0", () => Scenes.Generate(0, seed: 0));
        BadInput.Refused("count is -1", () => Scenes.Single(-1, seed: 0));
        BadInput.Refused("Size is 31; expected at least 32", () => Scenes.Generate(1, seed: 0, new() { Size = 31 }));
        BadInput.Refused("MostObjects is 5; expected 1 to 4", () => Scenes.Generate(1, seed: 0, new() { MostObjects = 5 }));
        BadInput.Refused("MostObjects is 1; expected 2 to 4", () => Scenes.Generate(1, seed: 0, new() { MostObjects = 1, LeastObjects = 2 }));
        BadInput.Refused("CaptionsPerScene is 0", () => Scenes.Generate(1, seed: 0, new() { CaptionsPerScene = 0 }));
        BadInput.Refused("no 'red hexagon' in scenes", () => Scenes.Generate(1, seed: 0, new() { HeldOut = [new("red", "hexagon")] }));
        BadInput.Refused("hold out fewer", () => Scenes.Generate(1, seed: 0, new() { HeldOut = Scenes.Pairs }));
    }
}
