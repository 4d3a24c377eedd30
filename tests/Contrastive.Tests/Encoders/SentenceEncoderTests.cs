using Contrastive.Encoders;
using TorchSharp;
using TorchSharp.Utils;
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

    [Fact]
    public void Any_text_encoder_is_taken_with_its_tokenizer()
    {
        var bag = new Bag(width: 5);
        var encoder = new SentenceEncoder(bag, new Vowels(), featureCount: 5, maxLength: 4);
        encoder.to(ScalarType.Float64);
        encoder.train();
        Assert.Equal(["encoder.table.weight"], encoder.state_dict().Keys);
        Assert.Equal(["part.encoder.table.weight"], new Holder(encoder).state_dict().Keys);
        var rows = encoder.Encode(["ae", "aeiou", "o", ""], batchSize: 2);
        var table = bag.Table.weight!.detach();
        var (start, a, e, i, o) = (table[0], table[1], table[2], table[3], table[4]);
        Assert.InRange((rows - stack([(start + a + e) / 3, (start + a + e + i) / 4, (start + o) / 2, start])).abs().max().item<double>(), 0, 1e-12);
        Assert.True(encoder.training && bag.training);
        Assert.False(rows.requires_grad);
        Assert.Same(bag, encoder.Encoder);
        Assert.Contains("made of a Bag", Assert.Throws<InvalidOperationException>(() => encoder.Bert).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_a_token_is_refused()
    {
        using var encoder = new SentenceEncoder(new Bag(width: 5), new Bare(), featureCount: 5, maxLength: 4);
        const string Message = "sentences[1], '', has no token; leave it out, or use a tokenizer that puts special tokens around a text.";
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => encoder.Encode(["abab", ""])).Message, StringComparison.Ordinal);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => encoder.Tokenize(["abab", ""])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_keep_their_own_mode()
    {
        var bert = TinyBert.Load(ScalarType.Float32);
        var encoder = new SentenceEncoder(bert, _tokenizer);
        encoder.train();
        bert.eval(); // frozen
        encoder.Encode(["the a"]);
        Assert.True(encoder.training);
        Assert.False(bert.training);
    }

    [Fact]
    public void What_an_encoder_returns_is_checked_and_numbers_too()
    {
        var wrong = new SentenceEncoder(new Bag(width: 5), new Vowels(), featureCount: 6, maxLength: 4);
        Assert.Contains("[2, 5]; expected float [2, 6], what Bag returns", Assert.Throws<ArgumentException>(() => wrong.Encode(["a", "e"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SentenceEncoder(new Bag(5), new Vowels(), featureCount: 0, maxLength: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SentenceEncoder(new Bag(5), new Vowels(), featureCount: 5, maxLength: 0));
    }

    /// <summary>The mean of the tokens' vectors.</summary>
    private sealed class Bag : nn.Module<TokenBatch, Tensor>
    {
        public Bag(int width) : base(nameof(Bag))
        {
            Table = nn.Embedding(6, width);
            RegisterComponents();
        }

        [field: ComponentName(Name = "table")]
        public TorchSharp.Modules.Embedding Table { get; }

        public override Tensor forward(TokenBatch batch)
        {
            using var scope = NewDisposeScope();
            var vectors = Table.call(batch.InputIds); // [B, T, H]
            var mask = batch.AttentionMask.to(vectors.dtype).unsqueeze(2); // [B, T, 1]
            return ((vectors * mask).sum(dim: 1) / mask.sum(dim: 1)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Holder : nn.Module
    {
        public Holder(nn.Module part) : base(nameof(Holder)) => register_module("part", part);
    }

    private sealed class Bare : TextTokenizer
    {
        public override int VocabularySize => 3;

        public override int PaddingId => 0;

        public override IReadOnlyList<int> Ids(string text) => [.. text.Select(letter => letter == 'a' ? 1 : 2)];

        public override string Token(int id) => "_ab"[id].ToString();

        public override string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(Token));
    }

    private sealed class Vowels : TextTokenizer
    {
        private const string Characters = "^aeiou";

        public override int VocabularySize => Characters.Length;

        public override int PaddingId => 0;

        public override IReadOnlyList<int> Ids(string text) => [.. text.Select(letter => Characters.IndexOf(letter, StringComparison.Ordinal))];

        public override string Token(int id) => Characters[id].ToString();

        public override string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(Token));

        public override TokenSequence Encode(string text, int? maxLength = null)
        {
            int[] ids = [0, .. Ids(text).Take(Room(maxLength, specialTokens: 1))];
            return new TokenSequence(ids, new int[ids.Length]);
        }
    }
}
