using Contrastive.Encoders;
using Xunit;
using BertTokenizer = Contrastive.Encoders.BertTokenizer;

namespace Contrastive.Tests.Encoders;

public sealed class BertTokenizerTests
{
    private static readonly BertTokenizer Small = new(TokenizerGolden.SmallVocabulary);

    [Fact]
    public void Ids_equal_the_references_with_the_small_vocabulary() => TokenizerGolden.CheckAll(Small, "smallUncased");

    [Fact]
    public void Ids_equal_the_references_with_the_small_vocabulary_and_case() =>
        TokenizerGolden.CheckAll(new BertTokenizer(TokenizerGolden.SmallVocabulary, lowercase: false), "smallCased");

    [Fact]
    public void Ids_equal_the_references_with_the_released_vocabulary() =>
        TokenizerGolden.CheckAll(BertTokenizer.Load(TokenizerGolden.Released("bert-base-uncased-vocab.txt")), "bertUncased");

    [Fact]
    public void Ids_equal_the_references_with_the_released_vocabulary_and_case() =>
        TokenizerGolden.CheckAll(BertTokenizer.Load(TokenizerGolden.Released("bert-base-uncased-vocab.txt"), lowercase: false), "bertCased");

    [Theory]
    [InlineData("hello world", new[] { 101, 7592, 2088, 102 })]
    [InlineData("", new[] { 101, 102 })]
    [InlineData("unaffable", new[] { 101, 14477, 20961, 3468, 102 })]
    [InlineData("The cat [MASK] on the mat.", new[] { 101, 1996, 4937, 103, 2006, 1996, 13523, 1012, 102 })]
    public void Gives_the_well_known_ids(string text, int[] expected) =>
        Assert.Equal(expected, BertTokenizer.Load(TokenizerGolden.Released("bert-base-uncased-vocab.txt")).Encode(text).Ids);

    [Fact]
    public void Equals_a_slow_greedy_search_on_random_words()
    {
        var vocabulary = Small.Vocabulary.Select((token, id) => (token, id)).ToDictionary(entry => entry.token, entry => entry.id);
        var random = new Random(7);
        for (var trial = 0; trial < 500; trial++)
        {
            var word = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "thecatunafblig12σ"[random.Next(17)]));
            Assert.Equal(GreedySearch(word, vocabulary), Small.Ids(word));
        }
    }

    [Theory]
    [InlineData("caf\u00e9")] // the package keeps the accent where there is no culture data
    [InlineData("a\u200bb")] // the package splits the word at a zero-width space
    public void Corrects_the_packages_own_BERT_tokenizer(string text)
    {
        var path = TokenizerGolden.Released("bert-base-uncased-vocab.txt");
        var packages = Microsoft.ML.Tokenizers.BertTokenizer.Create(path).EncodeToIds(text);
        Assert.NotEqual(packages, BertTokenizer.Load(path).Encode(text).Ids);
    }

    [Fact]
    public void Cuts_the_longer_text_of_a_pair_first_and_the_second_of_equals()
    {
        // Each letter is a token.
        var pair = Small.EncodePair("a b c d e", "f g", maxLength: 8);
        Assert.Equal(["[CLS]", "a", "b", "c", "[SEP]", "f", "g", "[SEP]"], pair.Ids.Select(Small.Token));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1], pair.Types);
        var equal = Small.EncodePair("a b c", "d e f", maxLength: 8);
        Assert.Equal(["[CLS]", "a", "b", "c", "[SEP]", "d", "e", "[SEP]"], equal.Ids.Select(Small.Token));
    }

    [Theory]
    [InlineData(5, 5, 7)]
    [InlineData(0, 9, 4)]
    [InlineData(9, 2, 4)]
    [InlineData(3, 3, 6)]
    [InlineData(4, 9, 0)]
    public void Truncation_removes_one_token_at_a_time(int first, int second, int room)
    {
        var (a, b) = (Enumerable.Range(0, first).ToList(), Enumerable.Range(0, second).ToList());
        while (a.Count + b.Count > room)
            (a.Count > b.Count ? a : b).RemoveAt((a.Count > b.Count ? a : b).Count - 1);
        Assert.Equal((a.Count, b.Count), Truncation.LongestFirst(first, second, room));
    }

    [Fact]
    public void A_batch_is_padded_to_its_longest_text_and_masked()
    {
        using var batch = Small.Batch(["a", "a b c", ""]);
        Assert.Equal([3, 5], batch.InputIds.shape);
        var (cls, sep, pad) = (Small.ClassId, Small.SeparatorId, Small.PaddingId);
        var (a, b, c) = (Small.Ids("a")[0], Small.Ids("b")[0], Small.Ids("c")[0]);
        Assert.Equal([cls, a, sep, pad, pad, cls, a, b, c, sep, cls, sep, pad, pad, pad], batch.InputIds.data<long>().Select(id => (int)id));
        Assert.Equal([1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0], batch.AttentionMask.data<long>());
        using var pairs = Small.BatchPairs([("a", "b"), ("a b", "c")], padTo: 8);
        Assert.Equal([0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0], pairs.TokenTypeIds.data<long>());
    }

    [Fact]
    public void Truncates_to_the_length_asked_for()
    {
        Assert.Equal(4, Small.Encode("a b c d e f", maxLength: 4).Length);
        Assert.Equal(Small.SeparatorId, Small.Encode("a b c d e f", maxLength: 4).Ids[^1]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Small.Encode("a", maxLength: 1));
        Assert.Contains("maxLength is 1; expected at least 2: 2 special tokens need room", error.Message, StringComparison.Ordinal);
        Assert.Contains("at least one sequence", Assert.Throws<ArgumentException>(() => Small.Batch([])).Message, StringComparison.Ordinal);
        Assert.Contains("does not fit in padTo = 3", Assert.Throws<ArgumentException>(() => Small.Batch(["a b c"], padTo: 3)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\ud800b")]
    [InlineData("a\udc00b")]
    [InlineData("a\udc00\ud800b")]
    [InlineData("\udfffa\ufffdb\ud83d")]
    public void Half_a_surrogate_pair_is_a_control_character_to_Python_and_dropped(string text)
    {
        Assert.Equal(Small.Ids("ab"), Small.Ids(text));
        Assert.Equal(Small.Ids("ab"), new BertTokenizer(TokenizerGolden.SmallVocabulary, lowercase: false).Ids(text));
    }

    [Fact]
    public void A_vocabulary_without_special_tokens_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new BertTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a"]));
        Assert.Contains("has no [MASK]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_token_that_occurs_twice_the_later_id_counts()
    {
        var tokenizer = new BertTokenizer(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "", "a", "##b"]);
        Assert.Equal([7, 8], tokenizer.Ids("ab"));
    }

    [Fact]
    public void Saves_and_loads_a_folder_with_its_settings()
    {
        var folder = Directory.CreateTempSubdirectory("bert-tokenizer-").FullName;
        try
        {
            new BertTokenizer(Small.Vocabulary, lowercase: false, stripAccents: true).Save(folder);
            var loaded = BertTokenizer.Load(folder);
            Assert.Equal((false, true, true), (loaded.Lowercase, loaded.StripAccents, loaded.SplitChinese));
            Assert.Equal(Small.Vocabulary, loaded.Vocabulary);
            Assert.Throws<FileNotFoundException>(() => BertTokenizer.Load(Path.Combine(folder, "missing.txt")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Decodes_pieces_to_words() => Assert.Equal("hello unaffable cat", Small.Decode(Small.Ids("Hello unaffable cat")));

    private static List<int> GreedySearch(string word, Dictionary<string, int> vocabulary)
    {
        // An uncased model decomposes before WordPiece; these letters have no accents.
        var ids = new List<int>();
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            while (end > start && !vocabulary.ContainsKey((start > 0 ? "##" : "") + word[start..end]))
                end--;
            if (end == start)
                return [vocabulary["[UNK]"]];
            ids.Add(vocabulary[(start > 0 ? "##" : "") + word[start..end]]);
            start = end;
        }
        return ids;
    }
}
