using Contrastive.Encoders;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class SentenceEncoderTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly BertTokenizer _tokenizer = BertTokenizer.Load(TinyBert.FirstRelease);

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(Pooling.Mean, "mean")]
    [InlineData(Pooling.FirstLastMean, "firstLastMean")]
    [InlineData(Pooling.ClassWithHead, "pooled")]
    public void Poolings_equal_PyTorchs(Pooling pooling, string expected)
    {
        var encoder = new SentenceEncoder(TinyBert.Load(ScalarType.Float64), _tokenizer, pooling);
        encoder.eval();
        Assert.InRange(TinyBert.Difference(TinyBert.Numbers(expected), encoder.call(TinyBert.Batch())), 0, 1e-10);
    }

    [Fact]
    public void The_class_token_is_the_first_hidden_state()
    {
        var encoder = new SentenceEncoder(TinyBert.Load(ScalarType.Float64), _tokenizer);
        encoder.eval();
        var first = tensor(TinyBert.States()[^1], [3, 7, 16]).select(1, 0);
        Assert.InRange((encoder.call(TinyBert.Batch()) - first).abs().max().item<double>(), 0, 1e-10);
    }

    [Fact]
    public void The_training_head_is_used_in_training_only()
    {
        var bert = TinyBert.Load(ScalarType.Float64);
        var encoder = new SentenceEncoder(bert, _tokenizer, Pooling.ClassWithTrainingHead);
        var plain = new SentenceEncoder(bert, _tokenizer, Pooling.Class);
        var batch = TinyBert.Batch();
        encoder.eval();
        Assert.Equal(0, (encoder.call(batch) - plain.call(batch)).abs().max().item<double>());
        encoder.train();
        Assert.InRange(encoder.call(batch).abs().max().item<double>(), 0.1, 1); // after tanh
    }

    [Theory]
    [InlineData(Pooling.Class)]
    [InlineData(Pooling.Mean)]
    [InlineData(Pooling.FirstLastMean)]
    public void Encodes_sentences_in_their_order_whatever_the_batches(Pooling pooling)
    {
        var encoder = new SentenceEncoder(TinyBert.Load(ScalarType.Float64), _tokenizer, pooling);
        encoder.train();
        string[] sentences = ["the a", "b", "a e i o t s r n the the", "", "s t", "the a"];
        var all = encoder.Encode(sentences, batchSize: 2);
        Assert.True(encoder.training);
        Assert.Equal([6, 16], all.shape);
        for (var i = 0; i < sentences.Length; i++)
            Assert.InRange((all[i] - encoder.Encode([sentences[i]])[0]).abs().max().item<double>(), 0, 1e-12);
        Assert.False(all.requires_grad);
    }

    [Fact]
    public void Long_sentences_are_cut_to_what_the_encoder_allows()
    {
        var encoder = new SentenceEncoder(TinyBert.Load(ScalarType.Float64), _tokenizer);
        using var batch = encoder.Tokenize([string.Join(' ', Enumerable.Repeat("the", 50)), "a"]);
        Assert.Equal(12, batch.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SentenceEncoder(encoder.Bert, _tokenizer, maxLength: 13));
        Assert.Throws<ArgumentException>(() => encoder.Encode([]));
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_the_encoder_is_refused()
    {
        var larger = new BertTokenizer([.. _tokenizer.Vocabulary, "more"]);
        var error = Assert.Throws<ArgumentException>(() => new SentenceEncoder(TinyBert.Load(ScalarType.Float32), larger));
        Assert.Contains("The tokenizer has 41 tokens and the encoder 40", error.Message, StringComparison.Ordinal);
    }
}
