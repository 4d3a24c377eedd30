using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class ImageTextRetrievalTests
{
    /// <summary>The rank of the best right item among all, wrong ones that score as high before it.</summary>
    private static long Rank(double[] query, double[][] items, int[] right)
    {
        var own = right.Max(item => Loops.Cosine(query, items[item]));
        return 1 + Enumerable.Range(0, items.Length).Except(right).Count(item => Loops.Cosine(query, items[item]) >= own - 1e-12);
    }

    [Fact]
    public void Equals_ranks_written_as_loops_with_several_texts_an_image_and_images_without_any()
    {
        using var scope = NewDisposeScope();
        var (images, texts, own) = (Numbers.Normal(30, 4, 1), Numbers.Normal(100, 4, 2), Numbers.Labels(100, 27, 3)); // the last images have no text
        own[5] = own[6] = 3;
        var report = ImageTextRetrieval.Measure(Numbers.Matrix(images), Numbers.Matrix(texts), tensor(own), [1, 3]);

        int[] TextsOf(int image) => [.. Enumerable.Range(0, 100).Where(text => own[text] == image)];
        var captioned = Enumerable.Range(0, 30).Where(image => TextsOf(image).Length > 0).ToArray();
        Assert.Equal(captioned, report.ImageToText.Queries);
        Assert.Equal(captioned.Select(image => Rank(images[image], texts, TextsOf(image))), report.ImageToText.Ranks);
        Assert.Equal(texts.Select((text, row) => Rank(text, images, [(int)own[row]])), report.TextToImage.Ranks);
        Assert.Equal((100, 30), (report.ImageToText.Items, report.TextToImage.Items));
        Assert.Equal([1, 3], report.TextToImage.Recalls.Select(recall => recall.K));
        Assert.Equal(report.TextToImage.Ranks.Count(rank => rank <= 3) / 100.0, report.TextToImage.Recalls[1].Recall);
        var sorted = report.TextToImage.Ranks.Order().ToArray();
        Assert.Equal((sorted[49] + sorted[50]) / 2.0, report.TextToImage.MedianRank);
    }

    [Fact]
    public void Equal_texts_are_one_and_right_for_each_image_that_has_them()
    {
        using var scope = NewDisposeScope();
        var (images, own) = (Numbers.Normal(12, 4, 1), Numbers.Labels(60, 12, 2));
        var words = Numbers.Labels(60, 20, 3);
        var vectors = Numbers.Normal(20, 4, 4);
        string[] texts = [.. words.Select(word => $"text {word}")];
        var report = ImageTextRetrieval.Measure(Numbers.Matrix(images), Numbers.Matrix([.. words.Select(word => vectors[word])]), tensor(own), texts: texts);

        var distinct = words.Distinct().ToArray();
        var items = distinct.Select(word => vectors[word]).ToArray();
        Assert.Equal(distinct.Select(word => Array.IndexOf(words, word)), report.TextToImage.Queries);
        Assert.Equal(distinct.Select(word => Rank(vectors[word], images, [.. Enumerable.Range(0, 60).Where(row => words[row] == word).Select(row => (int)own[row]).Distinct()])), report.TextToImage.Ranks);
        Assert.Equal(
            report.ImageToText.Queries.Select(image => Rank(images[image], items, [.. Enumerable.Range(0, 60).Where(row => own[row] == image).Select(row => Array.IndexOf(distinct, words[row])).Distinct()])),
            report.ImageToText.Ranks);
        Assert.Equal(distinct.Length, report.ImageToText.Items);
    }

    [Fact]
    public void Chance_is_what_random_orders_reach()
    {
        using var scope = NewDisposeScope();
        var own = new long[] { 0, 0, 0, 1, 2, 2, 3, 3, 3, 3 }; // and images 4 and 5 without a text
        var report = ImageTextRetrieval.Measure(Numbers.Matrix(Numbers.Normal(6, 3, 1)), Numbers.Matrix(Numbers.Normal(10, 3, 2)), tensor(own), [1, 2, 5, 10, 20]);
        var random = new Random(5);
        foreach (var recall in report.ImageToText.Recalls)
        {
            var hits = 0;
            for (var trial = 0; trial < 20_000; trial++)
            {
                var order = Enumerable.Range(0, 10).ToArray();
                random.Shuffle(order);
                hits += order.Take(recall.K).Any(text => own[text] == trial % 4) ? 1 : 0;
            }

            Assert.Equal(hits / 20_000.0, recall.Chance, 0.015);
        }

        Assert.Equal((3 + 1 + 2 + 4) / 40.0, report.ImageToText.ChanceAt(1), 1e-12);
        Assert.Equal(2 / 6.0, report.TextToImage.ChanceAt(2), 1e-12);
        Assert.Equal((1, 1), (report.ImageToText.ChanceAt(20), report.ImageToText.RecallAt(20)));
    }

    [Fact]
    public void A_collapsed_encoder_finds_nothing_whatever_its_rounding()
    {
        using var scope = NewDisposeScope();
        var same = Numbers.Matrix(Numbers.Normal(1, 64, 1), float32);
        Tensor Collapsed(int rows, int seed) => same.expand(rows, 64) * (1 + (1e-7 * Numbers.Matrix(Numbers.Normal(rows, 64, seed), float32)));
        var report = ImageTextRetrieval.Measure(Collapsed(40, 2), Collapsed(80, 3), arange(80, int64).div(2, RoundingMode.floor).to(int64));
        Assert.Equal((0, 0), (report.ImageToText.RecallAt(10), report.TextToImage.RecallAt(10)));
        Assert.All(report.ImageToText.Ranks, rank => Assert.Equal(79, rank));
        Assert.Equal(40, report.TextToImage.MedianRank);
    }

    [Fact]
    public void Large_sets_are_ranked_in_blocks()
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (randn(900, 8, float64), randn(9000, 8, float64));
        var own = arange(9000, int64).remainder(900);
        var report = ImageTextRetrieval.Measure(images, texts, own);
        using var paired = PairedRetrieval.Ranks(texts, images, own);
        Assert.Equal(paired.data<long>().ToArray(), report.TextToImage.Ranks);
        var cosines = Contrastive.Torch.Similarity.Cosine(images, texts);
        var best = cosines.gather(1, arange(9000, int64).reshape(10, 900).t().contiguous()).amax([1], keepdim: true);
        Assert.Equal((cosines > best).sum(dim: 1).add(1).data<long>().ToArray(), report.ImageToText.Ranks);
    }

    [Fact]
    public void One_image_and_one_text_are_found()
    {
        using var scope = NewDisposeScope();
        var report = ImageTextRetrieval.Measure(ones(1, 3), -ones(1, 3), zeros(1, int64));
        Assert.Equal((1, 1), (report.ImageToText.RecallAt(1), report.TextToImage.ChanceAt(1)));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        using var embeddings = randn(6, 3);
        using var own = arange(6, int64);
        using var scope = NewDisposeScope();
        ImageTextRetrieval.Measure(embeddings, embeddings, own);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var own = zeros(4, int64);
        BadInput.Refused("the last size must be equal", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 2), own));
        BadInput.Refused("textEmbeddings is Float64", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3, float64), own));
        BadInput.Refused("expected Int64 [4]", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), zeros(3, int64)));
        BadInput.Refused("imageOfText[3] is 2, but there are 2 images: use 0 to 1", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), tensor(new long[] { 0, 0, 1, 2 })));
        BadInput.Refused("numbered from 0", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), own - 1));
        BadInput.Refused("NaN", () => ImageTextRetrieval.Measure(ones(2, 3) * float.NaN, ones(4, 3), own));
        BadInput.Refused("textEmbeddings is Float32 [0, 3], which is empty", () => ImageTextRetrieval.Measure(ones(2, 3), ones(0, 3), zeros(0, int64)));
        BadInput.Refused("There are 3 texts for 4 embeddings", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), own, texts: ["a", "b", "c"]));
        BadInput.Refused("at is [5, 0]", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), own, [5, 0]));
        BadInput.Refused("at is []", () => ImageTextRetrieval.Measure(ones(2, 3), ones(4, 3), own, []));
    }
}
