using Contrastive.Encoders;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class EmbeddingCacheTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"embeddings-{Guid.NewGuid():N}");
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_corpus_is_encoded_once()
    {
        using var encoder = Dual();
        var calls = 0;
        _ = encoder.Passage.register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        var cache = new EmbeddingCache(_folder);
        var first = cache.Passages(encoder, TinyTowers.Passages);
        Assert.True(calls > 0);
        calls = 0;
        var second = cache.Passages(encoder, TinyTowers.Passages);
        Assert.Equal(0, calls);
        Assert.Equal(0, TinyTowers.Difference(first, second));
        Assert.Equal(0, TinyTowers.Difference(first, encoder.EncodePassages(TinyTowers.Passages)));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Another_text_order_prefix_pooling_or_weight_is_encoded_anew()
    {
        using var encoder = Dual();
        var cache = new EmbeddingCache(_folder);
        void Files(int expected, DualEncoder dual, IReadOnlyList<Passage> passages)
        {
            Assert.Equal(0, TinyTowers.Difference(cache.Passages(dual, passages), dual.EncodePassages(passages)));
            Assert.Equal(expected, Directory.GetFiles(_folder).Length);
        }

        Files(1, encoder, TinyTowers.Passages);
        Files(2, encoder, [.. TinyTowers.Passages.Reverse()]);
        Files(3, encoder, [TinyTowers.Passages[0] with { Text = "the dog" }, .. TinyTowers.Passages.Skip(1)]);
        var bert = encoder.Passage.Bert;
        Files(4, new DualEncoder(encoder.Passage, new DualEncoderOptions { PassagePrefix = "passage : " }), TinyTowers.Passages);
        Files(5, new DualEncoder(new SentenceEncoder(bert, TinyTowers.Tokenizer, Pooling.Mean)), TinyTowers.Passages);
        using (no_grad())
            bert.parameters().First()[5, 0].add_(0.25);
        Files(6, encoder, TinyTowers.Passages);
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        using var encoder = Dual();
        var cache = new EmbeddingCache(_folder);
        _ = cache.Questions(encoder, ["the cat"]);
        var path = Assert.Single(Directory.GetFiles(_folder));
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<InvalidDataException>(() => cache.Questions(encoder, ["the cat"]));
        Assert.Contains($"The embeddings in '{path}' are damaged; delete the file", error.Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..20]);
        Assert.Contains("delete the file", Assert.Throws<InvalidDataException>(() => cache.Questions(encoder, ["the cat"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_too_little_of_itself_is_refused()
    {
        BadInput.Refused("The folder has no name", () => _ = new EmbeddingCache(" "));
        var words = new SentenceEncoder(new Lengths(), TinyTowers.Tokenizer, 1, 8);
        BadInput.Refused("The encoder is a Lengths; expected a BERT", () => new EmbeddingCache(_folder).Encode(words, [TinyTowers.Tokenizer.Encode("the cat")]));
    }

    private static DualEncoder Dual() => new(TinyTowers.Encoder());

    private sealed class Lengths() : nn.Module<TokenBatch, Tensor>(nameof(Lengths))
    {
        public override Tensor forward(TokenBatch batch) => batch.AttentionMask.sum(dim: 1, keepdim: true).to(float32);
    }
}
