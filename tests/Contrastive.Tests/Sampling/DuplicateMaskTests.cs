using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class DuplicateMaskTests
{
    private static readonly string[] Positives = ["lion", "bee", "lion", "Lion", "oak"];
    private static readonly string[][] Hard = [["bee", "wolf"], ["lion", "wolf"], ["elm", "elm"], ["oak", ""], ["oak", "bee"]];

    [Fact]
    public void Equal_texts_have_equal_ids_and_others_differ()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([5], DuplicateMask.Negatives(Positives).Ids!.shape);
        var ids = DuplicateMask.Negatives(Positives, Hard).Ids!;
        Assert.Equal((ScalarType.Int64, DeviceType.CPU), (ids.dtype, ids.device_type));
        Assert.Equal([5, 3], ids.shape);
        string[] texts = [.. Positives.SelectMany((positive, row) => Hard[row].Prepend(positive))];
        var numbers = ids.data<long>().ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
                Assert.Equal(texts[i] == texts[j], numbers[i] == numbers[j]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_copy_of_a_questions_positive_is_no_negative_of_it(bool blockwise)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            string Word() => "abcdef"[random.Next(6)].ToString();
            string[] positives = [.. Enumerable.Range(0, 6).Select(_ => Word())];
            string[][] hard = [.. positives.Select(_ => new[] { Word(), Word() })];
            var (a, p, first, second) = (Cases.Random(6, 3, seed), Cases.Random(6, 3, seed + 10), Cases.Random(6, 3, seed + 20), Cases.Random(6, 3, seed + 30));
            Agreement.Check(
                $"seed {seed}",
                leaves => new MultipleNegativesRankingLoss(1, normalize: false, blockwise: blockwise)
                    .Compute(leaves[0], leaves[1], stack([leaves[2], leaves[3]], dim: 1), DuplicateMask.Negatives(positives, hard)),
                () => Oracle(a, p, [first, second], positives, hard, (i, text) => text == positives[i]),
                a, p, first, second);
        }
    }

    [Fact]
    public void Positives_of_one_question_are_no_negatives_of_each_other()
    {
        string[] anchors = ["who?", "what?", "who?", "where?", "what?"];
        string[] positives = ["a", "b", "c", "d", "b"];
        string[][] hard = [["d"], ["x"], ["x"], ["c"], ["a"]];
        var (z, p, h) = (Cases.Random(5, 3, 1), Cases.Random(5, 3, 2), Cases.Random(5, 3, 3));
        Agreement.Check(
            "anchors",
            leaves => new MultipleNegativesRankingLoss(1, normalize: false).Compute(leaves[0], leaves[1], leaves[2], DuplicateMask.Negatives(positives, hard, anchors)),
            () => Oracle(z, p, [h], positives, hard, (i, text) => Enumerable.Range(0, 5).Any(j => anchors[j] == anchors[i] && positives[j] == text)),
            z, p, h);
    }

    [Fact]
    public void Being_one_item_carries_over_from_row_to_row()
    {
        using var scope = NewDisposeScope();
        // Rows 3 and 0 share a question, 0 and 4 a positive, 4 and 2 a question; row 1 is by itself, and text "z" is a positive of row 2.
        var ids = DuplicateMask.Negatives(["x", "y", "z", "w", "x"], [["z"], ["x"], ["y"], ["v"], ["u"]], ["q", "r", "s", "q", "s"]).Ids!;
        var rows = Enumerable.Range(0, 5).Select(row => (ids[row, 0].item<long>(), ids[row, 1].item<long>())).ToArray();
        Assert.Equal([0, 1, 0, 0, 0], rows.Select(row => row.Item1));
        Assert.Equal([0, 0, 1], rows.Take(3).Select(row => row.Item2));
        Assert.Equal(4, new HashSet<long>([0, 1, rows[3].Item2, rows[4].Item2]).Count);
    }

    [Fact]
    public void Joins_rows_as_repeated_merging_does()
    {
        using var scope = NewDisposeScope();
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            string[] anchors = [.. Enumerable.Range(0, 20).Select(_ => $"q{random.Next(16)}")];
            string[] positives = [.. Enumerable.Range(0, 20).Select(_ => $"p{random.Next(16)}")];
            int[] items = [.. Enumerable.Range(0, 20)];
            for (var round = 0; round < 20; round++)
            {
                for (var i = 0; i < 20; i++)
                {
                    for (var j = 0; j < 20; j++)
                        items[i] = anchors[i] == anchors[j] || positives[i] == positives[j] ? Math.Min(items[i], items[j]) : items[i];
                }
            }

            Assert.Equal(items.Select(item => (long)item), DuplicateMask.Negatives(positives, anchors: anchors).Ids!.data<long>().ToArray());
        }
    }

    [Fact]
    public void Lists_without_a_hard_negative_are_as_none() =>
        Assert.Equal([2], DuplicateMask.Negatives(["a", "b"], [[], []], device: CPU).Ids!.shape);

    [Fact]
    public void The_ids_are_where_they_are_asked_to_be()
    {
        Assert.SkipUnless(cuda.is_available(), "There is no CUDA device.");
        using var ids = DuplicateMask.Negatives(["a", "b"], [["a"], ["c"]], device: CUDA).Ids!;
        Assert.Equal(DeviceType.CUDA, ids.device_type);
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        BadInput.Refused("There is no text", () => DuplicateMask.Negatives(Array.Empty<string>()));
        BadInput.Refused("positives[1] is null", () => DuplicateMask.Negatives(["a", null!]));
        BadInput.Refused("anchors[0] is null", () => DuplicateMask.Negatives(["a"], anchors: [null!]));
        BadInput.Refused("There are 2 anchors; expected 1", () => DuplicateMask.Negatives(["a"], anchors: ["q", "r"]));
        BadInput.Refused("There are 1 lists of hard negatives; expected 2", () => DuplicateMask.Negatives(["a", "b"], [["c"]]));
        BadInput.Refused("hardNegatives[1] is null", () => DuplicateMask.Negatives(["a", "b"], [["c"], null!]));
        BadInput.Refused("hardNegatives[1][0] is null", () => DuplicateMask.Negatives(["a", "b"], [["c"], [null!]]));
        BadInput.Refused("hardNegatives[1] has 2 texts, hardNegatives[0] 1", () => DuplicateMask.Negatives(["a", "b"], [["c"], ["d", "e"]]));
    }

    /// <summary>The loss with dot products, without what a question does not count as a negative; hard negatives [H][N][D], their texts
    /// [N][H].</summary>
    private static double Oracle(
        double[][] anchors, double[][] positives, double[][][] hard, string[] positiveTexts, string[][] hardTexts, Func<int, string, bool> isRight) =>
        Enumerable.Range(0, anchors.Length).Average(i =>
        {
            var positive = Math.Exp(Loops.Dot(anchors[i], positives[i]));
            var sum = positive;
            for (var j = 0; j < anchors.Length; j++)
            {
                if (j != i && !isRight(i, positiveTexts[j]))
                    sum += Math.Exp(Loops.Dot(anchors[i], positives[j]));
                for (var h = 0; h < hard.Length; h++)
                {
                    if (!isRight(i, hardTexts[j][h]))
                        sum += Math.Exp(Loops.Dot(anchors[i], hard[h][j]));
                }
            }

            return -Math.Log(positive / sum);
        });
}
