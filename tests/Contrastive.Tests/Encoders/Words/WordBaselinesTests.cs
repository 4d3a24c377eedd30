using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Evaluation;
using Contrastive.Tests.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class WordBaselinesTests
{
    private static readonly string[] Corpus = ["The cat sat on the mat.", "A dog sat.", "The dog!"];

    /// <summary>From scikit-learn's formula by hand: n = 3, df(the) = 2, df(cat) = 1, df(sat) = 2.</summary>
    [Fact]
    public void TF_IDF_weighs_words_as_scikit_learn_does()
    {
        var weights = TfIdf.Fit(Corpus).Encode("The THE cat sat, a I zebra-fish");
        Assert.Equal(["cat", "fish", "sat", "the", "zebra"], weights.Keys.Order());
        Assert.Equal(2 * (Math.Log(4.0 / 3) + 1), weights["the"], 1e-12);
        Assert.Equal(Math.Log(4.0 / 2) + 1, weights["cat"], 1e-12);
        Assert.Equal(Math.Log(4.0 / 3) + 1, weights["sat"], 1e-12);
        Assert.Equal(Math.Log(4.0 / 1) + 1, weights["zebra"], 1e-12);
        Assert.Equal(6, TfIdf.Fit(Corpus).VocabularySize);
    }

    [Fact]
    public void TF_IDF_similarity_is_the_cosine_of_the_weights()
    {
        var encoder = TfIdf.Fit(Corpus);
        var (the, cat, dog) = (Math.Log(4.0 / 3) + 1, Math.Log(4.0 / 2) + 1, Math.Log(4.0 / 3) + 1);
        Assert.Equal(the * the / Math.Sqrt(((the * the) + (cat * cat)) * ((the * the) + (dog * dog))), encoder.Similarity("the cat", "The dog."), 1e-12);
        Assert.Equal(1, encoder.Similarity("A dog sat", "sat, dog"), 1e-12);
        Assert.Equal((0, 0), (encoder.Similarity("dog", "cat"), encoder.Similarity("dog", "...")));
        Assert.Throws<ArgumentException>(() => TfIdf.Fit([]));
    }

    [Fact]
    public void Overlap_counts_distinct_words()
    {
        Assert.Equal(2 / 4.0, WordOverlap.Similarity("the dog sat sat", "The dog, then"));
        Assert.Equal(0, WordOverlap.Similarity("?", "!"));
    }

    [Fact]
    public void A_word_has_the_same_random_vector_wherever_it_occurs()
    {
        using var scope = NewDisposeScope();
        var both = new RandomWordVectors(dimension: 4000).Encode(["dog cat", "dog", "cat", "..."]);
        var alone = new RandomWordVectors(dimension: 4000).Encode(["Cat"]);
        Assert.Equal([4, 4000], both.shape);
        Assert.True(both[2].equal(alone[0]).all().item<bool>());
        Assert.True(both[0].allclose((both[1] + both[2]) / 2, atol: 1e-6));
        Assert.Equal(0, both[3].abs().max().item<float>());
        Assert.InRange(SentenceSimilarity.Cosines(both[1..2], both[2..3])[0], -0.06, 0.06);
        Assert.InRange(both[1].std().item<float>(), 0.95f, 1.05f);
        Assert.NotEqual(both[2][0].item<float>(), new RandomWordVectors(dimension: 4000, seed: 1).Encode(["cat"])[0, 0].item<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomWordVectors(0));
    }

    /// <summary>The baselines for sentence encoders on the STS benchmark: 70.6, 59.1 and 54.7.</summary>
    [Fact]
    public void Real_data_baselines_are_not_weak()
    {
        RealData.With("nli");
        RealData.With("sts");
        var set = TextData.Load("sentences", sentences: 20_000, folder: RealData.With("sentences"));
        Assert.Equal(0.706, SentenceSimilarity.Spearman(set.Test, TfIdf.Fit(set.Sentences).Similarity), 0.01);
        Assert.Equal(0.591, SentenceSimilarity.Spearman(set.Test, WordOverlap.Similarity), 0.001);
        Assert.Equal(0.547, SentenceSimilarity.Spearman(set.Test, new RandomWordVectors().Encode), 0.01);
    }
}
