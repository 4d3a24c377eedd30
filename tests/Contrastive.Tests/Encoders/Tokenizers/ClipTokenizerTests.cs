using Contrastive.Encoders;
using Microsoft.ML.Tokenizers;
using Xunit;

namespace Contrastive.Tests.Encoders;

public sealed class ClipTokenizerTests
{
    private static readonly ClipTokenizer Small = new(TokenizerGolden.SmallMerges);

    [Fact]
    public void Ids_equal_the_references_with_a_few_merges() => TokenizerGolden.CheckAll(Small, "smallClip");

    [Fact]
    public void Ids_equal_the_references_with_the_released_merges() => TokenizerGolden.CheckAll(Released(), "clip");

    [Theory]
    [InlineData("hello world", new[] { 49406, 3306, 1002, 49407 })]
    [InlineData("a photo of a cat", new[] { 49406, 320, 1125, 539, 320, 2368, 49407 })]
    [InlineData("A  PHOTO of\na cat", new[] { 49406, 320, 1125, 539, 320, 2368, 49407 })]
    [InlineData("", new[] { 49406, 49407 })]
    public void Gives_the_well_known_ids(string text, int[] expected) => Assert.Equal(expected, Released().Encode(text).Ids);

    [Fact]
    public void The_released_vocabulary_has_49408_tokens()
    {
        var tokenizer = Released();
        Assert.Equal((49408, 49406, 49407, 0), (tokenizer.VocabularySize, tokenizer.StartId, tokenizer.EndId, tokenizer.PaddingId));
    }

    [Fact]
    public void Joins_all_places_of_the_earliest_pair_where_the_package_joins_one_at_a_time()
    {
        Assert.Equal(["abc", "abca", "bc</w>"], Small.Tokens("abcabcabc"));
        var vocabulary = Enumerable.Range(0, Small.VocabularySize).Select(id => KeyValuePair.Create(Small.Token(id), id));
        var package = BpeTokenizer.Create(new BpeOptions(vocabulary.DistinctBy(entry => entry.Key)) { Merges = TokenizerGolden.SmallMerges, EndOfWordSuffix = "</w>" });
        Assert.NotEqual(Small.Ids("abcabcabc"), package.EncodeToIds("abcabcabc", considerPreTokenization: false, considerNormalization: false));
        Assert.Equal(Small.Ids("hello"), package.EncodeToIds("hello", considerPreTokenization: false, considerNormalization: false));
    }

    [Fact]
    public void Curly_quotes_and_ligatures_read_as_plain_ones()
    {
        Assert.Equal(Small.Ids("don't \"find\""), Small.Ids("don\u2019t \u201c\ufb01nd\u201d"));
        Assert.Equal(Small.Ids("caf\u00e9"), Small.Ids("cafe\u0301"));
        Assert.Equal(Small.Ids("r&d"), Small.Ids("r&amp;amp;d"));
    }

    [Fact]
    public void A_long_text_keeps_its_end_of_text_token_within_the_context()
    {
        using var batch = Small.Batch([new string('1', 200), "hello"], maxLength: ClipTokenizer.ContextLength, padTo: ClipTokenizer.ContextLength);
        Assert.Equal([2, 77], batch.InputIds.shape);
        Assert.Equal(Small.EndId, batch.InputIds[0, 76].item<long>());
        Assert.Equal([Small.StartId, Small.Ids("hello")[0], Small.EndId, 0], batch.InputIds[1].data<long>().Take(4).Select(id => (int)id));
        Assert.Equal(3, batch.AttentionMask[1].data<long>().Sum());
    }

    [Fact]
    public void Decodes_what_it_encodes() => Assert.Equal("a caf\u00e9 \u4e2d \U0001f600 !", Small.Decode(Small.Encode("A caf\u00e9 \u4e2d \U0001f600 !").Ids));

    [Fact]
    public void Half_a_surrogate_pair_which_Python_cannot_encode_reads_as_the_replacement_character() =>
        Assert.Equal(Small.Ids("a\ufffdb \ufffd"), Small.Ids("a\ud800b \udc00"));

    [Fact]
    public void A_line_that_is_no_merge_is_refused() =>
        Assert.Contains("this is 'abc'", Assert.Throws<ArgumentException>(() => new ClipTokenizer(["a b", "abc"])).Message, StringComparison.Ordinal);

    private static ClipTokenizer Released() => ClipTokenizer.Load(TokenizerGolden.Released("bpe_simple_vocab_16e6.txt.gz"));
}
