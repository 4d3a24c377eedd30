using System.Text.RegularExpressions;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

/// <summary>Reads the text of a caption again and checks what it says, independently of how captions are made.</summary>
internal static partial class CaptionReader
{
    private static readonly string[] Numbers = ["no", "one", "two", "three", "four"];

    /// <summary>True, false, or null where one may argue about the relation.</summary>
    public static bool? IsTrue(string caption, Scene scene)
    {
        var content = Beginning().Replace(caption, "");
        var relation = Relation().Match(content);
        var phrases = Joint().Split(relation.Success ? Relation().Replace(content, " and ") : content).Select(phrase => Read(phrase, scene)).ToArray();
        if (phrases.Any(phrase => phrase.Found.Count != phrase.Said))
            return false;
        if (!relation.Success)
            return true;
        var (first, second) = (Assert.Single(phrases[0].Found), Assert.Single(phrases[1].Found));
        var (ahead, aside) = relation.Groups[1].Value switch
        {
            "to the left of" => (second.X - first.X, second.Y - first.Y),
            "to the right of" => (first.X - second.X, second.Y - first.Y),
            "above" => (first.Y - second.Y, second.X - first.X),
            _ => (second.Y - first.Y, second.X - first.X),
        };
        return ahead > 0.399 && ahead > 1.49 * Math.Abs(aside) ? true : ahead < -0.399 && ahead < -1.49 * Math.Abs(aside) ? false : null;
    }

    /// <summary>All words of a caption.</summary>
    public static IEnumerable<string> Words(string caption) => caption.Replace(",", " ,").Split(' ');

    private static (int Said, IReadOnlyList<SceneObject> Found) Read(string phrase, Scene scene)
    {
        var words = phrase.Split(' ');
        if (words is ["a" or "an", var next, ..])
            Assert.Equal("aeiou".Contains(next[0]) ? "an" : "a", words[0]);
        var count = words[0] is "a" or "an" ? 1 : Array.IndexOf(Numbers, words[0]);
        Assert.InRange(count, 1, 4);
        var noun = count == 1 ? words[^1] : words[^1] == "crosses" ? "cross" : words[^1][..^1];
        Assert.Contains(noun, Scenes.ShapeNames);
        var things = scene.Objects.Where(thing => thing.Shape == noun);
        foreach (var word in words[1..^1])
        {
            var isColor = Scenes.ColorNames.Contains(word);
            Assert.True(isColor || word is "small" or "large", phrase);
            things = things.Where(thing => isColor ? thing.Color == word : thing.Size == word);
        }

        return (count, [.. things]);
    }

    [GeneratedRegex("^(a picture of|an image of|there is|there are) ")]
    private static partial Regex Beginning();

    [GeneratedRegex(" (to the left of|to the right of|above|below) ")]
    private static partial Regex Relation();

    [GeneratedRegex(", | and ")]
    private static partial Regex Joint();
}
