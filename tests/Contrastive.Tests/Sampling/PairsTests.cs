using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class PairsTests
{
    [Fact]
    public void From_labels_every_item_with_a_partner_is_an_anchor_once_and_its_positives_are_drawn_evenly()
    {
        long[] labels = [4, 1, 4, 9, 4, 1, 4];
        using var tensorOfLabels = tensor(labels);
        var sampler = new PairsFromLabels(tensorOfLabels, 6, seed: 1);
        Assert.Equal(6, sampler.AnchorCount);
        var counts = new Dictionary<(long, long), double>();
        for (var epoch = 0; epoch < 3000; epoch++)
        {
            var pairs = Drawn.Epoch(sampler).Single();
            Assert.Equal([0, 1, 2, 4, 5, 6], pairs.Select(pair => pair.Anchor).Order());
            foreach (var pair in pairs)
            {
                Assert.NotEqual(pair.Anchor, pair.Positive);
                Assert.Equal(labels[pair.Anchor], labels[pair.Positive]);
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
            }
        }

        var four = counts.Where(entry => labels[entry.Key.Item1] == 4).Select(entry => entry.Value).ToArray();
        Assert.Equal(12, four.Length);
        Assert.InRange(Drawn.ChiSquare(four, Enumerable.Repeat(1000.0, 12)), 0.1, 2.5);
    }

    [Fact]
    public void From_captions_every_image_comes_once_with_one_of_its_captions()
    {
        long[] imageOfCaption = [8, 3, 8, 3, 5, 8];
        using var owners = tensor(imageOfCaption);
        var sampler = new PairsFromCaptions(owners, 3, seed: 1);
        var counts = new double[6];
        for (var epoch = 0; epoch < 3000; epoch++)
        {
            var pairs = Drawn.Epoch(sampler).Single();
            Assert.Equal([3, 5, 8], pairs.Select(pair => pair.Anchor).Order());
            Assert.All(pairs, pair => Assert.Equal(pair.Anchor, imageOfCaption[pair.Positive]));
            foreach (var (_, caption) in pairs)
                counts[caption]++;
        }

        Assert.InRange(Drawn.ChiSquare(counts, [1000, 1500, 1000, 1500, 3000, 1000]), 0, 2.5);
    }

    [Fact]
    public void Weighted_pairs_come_by_their_weights_either_way_round()
    {
        var pairs = new WeightedPairs([(0, 1, 1), (2, 3, 4), (1, 4, 0.5), (5, 0, 2.5)]);
        var sampler = new PairBatches(pairs, 4, seed: 1);
        var counts = new Dictionary<(long, long), double>();
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            foreach (var pair in Drawn.Epoch(sampler).Single())
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }

        double[] found = [counts[(0, 1)], counts[(1, 0)], counts[(2, 3)], counts[(3, 2)], counts[(1, 4)], counts[(4, 1)], counts[(5, 0)], counts[(0, 5)]];
        Assert.Equal(16000, found.Sum());
        Assert.InRange(Drawn.ChiSquare(found, [1000, 1000, 4000, 4000, 500, 500, 2500, 2500]), 0.05, 2.5);
    }

    [Fact]
    public void The_heaviest_pairs_come_first()
    {
        var pairs = new WeightedPairs([(3, 1, 2), (0, 1, 2), (2, 5, 9)]);
        Assert.Equal([(2, 5, 9.0), (0, 1, 2.0)], pairs.Heaviest(2));
        Assert.Equal(3, pairs.Heaviest(10).Count);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("items that share a label", () => _ = new PairsFromLabels(arange(9, int64), 2, 1));
        BadInput.Refused("only 3 images with captions", () => _ = new PairsFromCaptions(arange(9, int64) % 3, 4, 1));
        BadInput.Refused("There is no pair", () => _ = new WeightedPairs([]));
        BadInput.Refused("(2, 2)", () => _ = new WeightedPairs([(2, 2, 1)]));
        BadInput.Refused("weight 0", () => _ = new WeightedPairs([(2, 3, 0)]));
    }
}
