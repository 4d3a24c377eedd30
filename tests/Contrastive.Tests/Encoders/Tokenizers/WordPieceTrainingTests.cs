using Contrastive.Encoders;
using Xunit;

namespace Contrastive.Tests.Encoders;

public sealed class WordPieceTrainingTests
{
    private static readonly string[] Corpus = ["Low lower lowest", "new newer newest", "low low new wide wider", "the lower the newer", "x"];

    [Fact]
    public void Joins_the_same_pairs_as_a_slow_recount_of_the_whole_corpus()
    {
        var slow = SlowVocabulary(Corpus, 45, minimumCount: 2);
        Assert.Equal(slow, BertTokenizer.Train(Corpus, vocabularySize: 45).Vocabulary);
        var random = new Random(3);
        string[] words = [.. Enumerable.Range(0, 60).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => "aabcd"[random.Next(5)])))];
        string[] sentences = [.. Enumerable.Range(0, 80).Select(_ => string.Join(' ', Enumerable.Range(0, 6).Select(_ => words[random.Next(60) * random.Next(60) / 60])))];
        Assert.Equal(SlowVocabulary(sentences, 80, 2), BertTokenizer.Train(sentences, vocabularySize: 80).Vocabulary);
    }

    [Fact]
    public void Knows_its_frequent_words_whole_and_parts_others()
    {
        var tokenizer = BertTokenizer.Train(Corpus, vocabularySize: 45);
        Assert.Equal(["low"], tokenizer.Tokens("LOW"));
        Assert.DoesNotContain("[UNK]", tokenizer.Tokens("widest"));
        Assert.Equal(["[UNK]"], tokenizer.Tokens("x")); // once is less than the minimum count
    }

    [Fact]
    public void Says_when_the_characters_alone_do_not_fit()
    {
        Assert.Contains("vocabularySize = 6 does not hold them", Assert.Throws<ArgumentException>(() => BertTokenizer.Train(Corpus, 6)).Message, StringComparison.Ordinal);
        Assert.Contains("no words", Assert.Throws<ArgumentException>(() => BertTokenizer.Train(["", " "])).Message, StringComparison.Ordinal);
    }

    private static List<string> SlowVocabulary(string[] corpus, int size, int minimumCount)
    {
        var words = corpus.SelectMany(sentence => sentence.ToLowerInvariant().Split(' '))
            .Select(word => word.Select((letter, i) => i == 0 ? letter.ToString() : "##" + letter).ToList()).ToList();
        var letters = words.SelectMany(word => word).GroupBy(piece => piece).Where(group => group.Count() >= minimumCount).Select(group => group.Key);
        List<string> vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. letters.Order(StringComparer.Ordinal)];
        words.RemoveAll(word => word.Exists(piece => !vocabulary.Contains(piece)));
        while (vocabulary.Count < size)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Second, StringComparer.Ordinal).FirstOrDefault();
            if (best is null || best.Count() < minimumCount)
                break;
            var joined = best.Key.First + best.Key.Second[2..];
            if (!vocabulary.Contains(joined))
                vocabulary.Add(joined);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) != best.Key)
                        continue;
                    word[i] = joined;
                    word.RemoveAt(i + 1);
                }
            }
        }
        return vocabulary;
    }
}
