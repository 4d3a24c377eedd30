using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class HashedNgramsTests
{
    /// <summary>FNV-1a of "a" is 0xE40C292C, of "foobar" 0xBF9CF968: the test vectors of its authors.</summary>
    [Theory]
    [InlineData("a", 0xE40C292Cu)]
    [InlineData("foobar", 0xBF9CF968u)]
    public void The_hash_is_the_published_one(string text, uint published) => Assert.Equal(published, Hash(text));

    [Fact]
    public void Counts_are_those_of_words_and_of_their_marked_ngrams()
    {
        using var encoded = new HashedNgrams(buckets: 997, length: 3).Encode(["The cat, THE dog", "..."]);
        var counts = new double[997];
        foreach (var gram in new[] { "<the>", "<cat>", "<the>", "<dog>" }.SelectMany(word => Enumerable.Range(0, 3).Select(start => word.Substring(start, 3)).Append(word)))
            counts[(Hash(gram) ^ (Hash(gram) >> 15)) % 997]++;
        Assert.Equal([2, 997], encoded.shape);
        Assert.Equal(counts.Select(count => Math.Log(1 + count)), encoded[0].to(float64).data<double>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0, encoded[1].sum().item<float>());
    }

    [Fact]
    public void A_typo_keeps_most_of_a_text_and_another_text_shares_little()
    {
        var ngrams = new HashedNgrams();
        using var rows = ngrams.Encode(["the physician repairs bicycles", "the physician rpeairs bicycles", "an elderly farmer sold bananas"]);
        using var normalized = nn.functional.normalize(rows);
        using var cosines = normalized.matmul(normalized.t());
        Assert.Equal(4096, ngrams.Buckets);
        Assert.InRange(cosines[0, 1].item<float>(), 0.7, 0.95);
        Assert.InRange(cosines[0, 2].item<float>(), 0, 0.1);
    }

    [Fact]
    public void Nothing_that_makes_no_sense_is_taken()
    {
        BadInput.Refused("buckets is 0", () => _ = new HashedNgrams(0));
        BadInput.Refused("length is 0", () => _ = new HashedNgrams(length: 0));
        BadInput.Refused("texts", () => new HashedNgrams().Encode(null!));
    }

    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 16777619u);
        return hash;
    }
}
