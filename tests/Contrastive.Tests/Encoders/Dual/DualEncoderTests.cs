using Contrastive.Encoders;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class DualEncoderTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Both_towers_are_seen_and_a_shared_one_once()
    {
        var (question, passage) = (TinyTowers.Encoder(), TinyTowers.Encoder());
        var alone = question.state_dict().Keys.ToArray();
        var two = new DualEncoder(question, passage);
        Assert.False(two.IsShared);
        Assert.Equal([.. alone.Select(name => "question." + name), .. alone.Select(name => "passage." + name)], two.state_dict().Keys);
        Assert.Equal(2 * question.parameters().Count(), two.parameters().Count());
        var shared = new DualEncoder(TinyTowers.Encoder());
        Assert.True(shared.IsShared);
        Assert.Same(shared.Question, shared.Passage);
        Assert.Equal(alone.Select(name => "question." + name), shared.state_dict().Keys);
        shared.train();
        Assert.True(shared.Question.training);
        shared.eval();
        Assert.False(shared.Question.Bert.training);
    }

    [Fact]
    public void Title_and_text_are_a_pair_of_type_0_as_in_DPR()
    {
        var dual = new DualEncoder(TinyTowers.Encoder());
        Assert.Equal("[CLS] cat [SEP] the cat sleeps the cat sleeps [SEP]", Text(dual.TokenizePassage(TinyTowers.Passages[0])));
        Assert.All(dual.TokenizePassage(TinyTowers.Passages[0]).Types, type => Assert.Equal(0, type));
        Assert.Equal("[CLS] the dog [SEP]", Text(dual.TokenizePassage(TinyTowers.Passages[1])));
        Assert.Equal("[CLS] dog [SEP] [SEP]", Text(dual.TokenizePassage(TinyTowers.Passages[2])));
        Assert.Equal("[CLS] the cat [SEP]", Text(dual.TokenizeQuestion("The cat")));
        var typed = new DualEncoder(TinyTowers.Encoder(), new DualEncoderOptions { UsesTokenTypes = true });
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], typed.TokenizePassage(TinyTowers.Passages[3]).Types);
        Assert.NotEqual(0, TinyTowers.Difference(dual.Passage.EncodeSequences([typed.TokenizePassage(TinyTowers.Passages[3])]), dual.EncodePassages([TinyTowers.Passages[3]])));
    }

    [Fact]
    public void Prefixes_lengths_and_joined_titles_are_applied()
    {
        var options = new DualEncoderOptions { QuestionPrefix = "query: ", PassagePrefix = "passage: ", QuestionMaxLength = 5, PassageMaxLength = 8 };
        var pair = new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder(), options);
        Assert.Equal("[CLS] query : the [SEP]", Text(pair.TokenizeQuestion("the cat sleeps")));
        Assert.Equal("[CLS] passage : cat [SEP] the cat [SEP]", Text(pair.TokenizePassage(TinyTowers.Passages[0])));
        Assert.Equal("[CLS] passage : the dog [SEP]", Text(pair.TokenizePassage(TinyTowers.Passages[1])));
        var joined = new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder(), options with { TitleAsPair = false });
        Assert.Equal("[CLS] passage : cat the cat sleeps [SEP]", Text(joined.TokenizePassage(TinyTowers.Passages[0])));
        var short4 = new DualEncoder(TinyTowers.Encoder(maxLength: 4));
        Assert.Equal(4, short4.TokenizeQuestion("the cat sleeps the dog").Length);
        Assert.Equal(4, short4.TokenizePassage(TinyTowers.Passages[0]).Length);
    }

    [Fact]
    public void Rows_keep_their_order_whatever_the_batches_and_each_tower_encodes_its_own()
    {
        var dual = new DualEncoder(TinyTowers.Encoder(Pooling.Mean), TinyTowers.Encoder(Pooling.Mean));
        dual.train();
        var all = dual.EncodePassages(TinyTowers.Passages, batchSize: 2);
        Assert.Equal([4, 8], all.shape);
        Assert.False(all.requires_grad);
        Assert.True(dual.Passage.training);
        for (var i = 0; i < 4; i++)
        {
            var alone = dual.Passage.EncodeSequences([dual.TokenizePassage(TinyTowers.Passages[i])])[0];
            Assert.InRange(TinyTowers.Difference(all[i], alone), 0, 1e-5);
        }

        var question = dual.EncodeQuestions(["the dog", "cat"])[0];
        Assert.InRange(TinyTowers.Difference(question, dual.Question.Encode(["the dog"])[0]), 0, 1e-5);
        Assert.InRange(TinyTowers.Difference(question, all[1]), 1e-2, 100); // the same text by the other tower
    }

    [Fact]
    public void A_batch_of_sequences_trains_both_towers()
    {
        var dual = new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder());
        dual.train();
        TokenSequence[] passages = [.. TinyTowers.Passages.Select(dual.TokenizePassage)];
        using var batch = TokenBatch.Pad([passages[3], passages[0]], dual.Passage.Tokenizer.PaddingId);
        using var questions = TokenBatch.Pad([dual.TokenizeQuestion("dog"), dual.TokenizeQuestion("the cat")], 0);
        (dual.Question.call(questions) * dual.Passage.call(batch)).sum().backward();
        foreach (var (name, parameter) in dual.named_parameters().Where(entry => !entry.name.Contains("pooler", StringComparison.Ordinal)))
            Assert.True(parameter.grad is not null, name);
    }

    [Fact]
    public void Towers_and_options_that_do_not_fit_are_refused()
    {
        var tower = TinyTowers.Encoder(maxLength: 10);
        Refused("questions have 8 values, those of passages 4", () => new DualEncoder(tower, TinyTowers.Encoder(width: 4)));
        Refused("QuestionMaxLength is 11; expected 1 to 10", () => new DualEncoder(tower, new DualEncoderOptions { QuestionMaxLength = 11 }));
        Refused("PassageMaxLength is 0; expected 1 to 10", () => new DualEncoder(tower, new DualEncoderOptions { PassageMaxLength = 0 }));
        Refused("UsesTokenTypes is for pairs", () => new DualEncoder(tower, new DualEncoderOptions { UsesTokenTypes = true, TitleAsPair = false }));
        Refused("this one has one", () => new DualEncoder(TinyTowers.Encoder(types: 1), new DualEncoderOptions { UsesTokenTypes = true }));
        var dual = new DualEncoder(tower);
        Refused("There is no question to encode", () => dual.EncodeQuestions([]));
        Refused("There is no passage to encode", () => dual.EncodePassages([]));
        Refused("batchSize is 0", () => dual.EncodePassages(TinyTowers.Passages, 0));
    }

    [Fact]
    public void Any_tokenizer_serves_where_titles_are_joined()
    {
        var encoder = new SentenceEncoder(new Sum(), new Letters(), featureCount: 1, maxLength: 9);
        Refused("TitleAsPair needs a BertTokenizer, and the passages' tokenizer is a Letters", () => new DualEncoder(encoder));
        var dual = new DualEncoder(encoder, new DualEncoderOptions { TitleAsPair = false });
        Assert.Equal(['c', 'a', 't', ' ', 't', 'h', 'e', ' ', 'c'], dual.TokenizePassage(TinyTowers.Passages[0]).Ids.Select(id => (char)id));
        Assert.Equal('a' + 'b', dual.EncodeQuestions(["ab"]).item<float>());
        Refused("The question '' has no token", () => dual.EncodeQuestions(["ab", ""]));
        Refused("Passage 'empty' has no token", () => dual.EncodePassages([new("empty", "", "")]));
    }

    private static string Text(TokenSequence sequence) => TinyTowers.Tokenizer.Decode(sequence.Ids);

    private static void Refused(string message, Func<object> act) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);

    private sealed class Sum() : nn.Module<TokenBatch, Tensor>(nameof(Sum))
    {
        public override Tensor forward(TokenBatch batch) => batch.InputIds.to(float32).sum(dim: 1, keepdim: true);
    }

    private sealed class Letters : TextTokenizer
    {
        public override int VocabularySize => 128;

        public override int PaddingId => 0;

        public override IReadOnlyList<int> Ids(string text) => [.. text.Select(letter => (int)letter)];

        public override string Token(int id) => ((char)id).ToString();

        public override string Decode(IEnumerable<int> ids) => string.Concat(ids.Select(Token));
    }
}
