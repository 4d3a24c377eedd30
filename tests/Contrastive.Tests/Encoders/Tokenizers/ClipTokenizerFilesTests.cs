using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Encoders;
using Contrastive.Tests.Data;
using Xunit;

namespace Contrastive.Tests.Encoders;

public sealed class ClipTokenizerFilesTests
{
    private static readonly string[] Corpus = ["low low low low low", "lower lower widest widest widest", "newest newest newest newest newest newest"];

    [Fact]
    public void Learns_the_merges_of_the_papers_example()
    {
        // Sennrich et al. 2016, figure 1: es, est, est</w>, lo, low; here the end of the word is part of its last letter.
        var tokenizer = ClipTokenizer.Learn(Corpus, 514 + 6);
        Assert.Equal(520, tokenizer.VocabularySize);
        var merges = Enumerable.Range(512, 6).Select(tokenizer.Token).ToArray();
        Assert.Equal(Oracle(6), merges);
        Assert.Contains("est</w>", merges);
        Assert.Equal("est</w>", tokenizer.Tokens("widest")[^1]);
    }

    [Fact]
    public void Learns_the_same_merges_as_counting_all_pairs_anew_each_time()
    {
        Assert.Equal(Oracle(25), Learned(ClipTokenizer.Learn(Corpus, 514 + 25)));
        Assert.Equal(Learned(ClipTokenizer.Learn(Corpus, 2000)), Learned(ClipTokenizer.Learn(Corpus.Reverse(), 2000)));
        Assert.True(ClipTokenizer.Learn(Corpus, 2000, minimumCount: 6).VocabularySize < ClipTokenizer.Learn(Corpus, 2000).VocabularySize);
    }

    [Fact]
    public void Every_token_is_learned_once_and_every_text_can_be_written()
    {
        var tokenizer = ClipTokenizer.Learn(["abab abab aba aab abba", "caf\u00e9 caf\u00e9 \u4e2d\u4e2d \u4e2d\u4e2d <|endoftext|> 77 77"], 700);
        var tokens = Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.Token).ToArray();
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
        Assert.Equal("never seen: \u00fc \U0001f600 7", tokenizer.Decode(tokenizer.Ids("never seen: \u00fc \U0001f600 7")).Replace(" :", ":", StringComparison.Ordinal));
        Assert.Single(tokenizer.Ids("caf\u00e9"));
    }

    [Fact]
    public void Refuses_sizes_that_hold_no_bytes_and_texts_without_words()
    {
        Assert.Contains("vocabularySize is 513; expected 514 to 49408", Assert.Throws<ArgumentOutOfRangeException>(() => ClipTokenizer.Learn(Corpus, 513)).Message, StringComparison.Ordinal);
        Assert.Contains("minimumCount is 0", Assert.Throws<ArgumentOutOfRangeException>(() => ClipTokenizer.Learn(Corpus, 600, minimumCount: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("no words", Assert.Throws<ArgumentException>(() => ClipTokenizer.Learn(["", " "], 600)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_loads_with_the_same_ids()
    {
        using var folder = new TemporaryFolder();
        var learned = ClipTokenizer.Learn([.. Corpus, "caf\u00e9 caf\u00e9 \"a\" \"a\" & &"], 600);
        learned.Save(folder.At("model"), maxLength: 77);
        Assert.Equal(["model", "model/merges.txt", "model/tokenizer_config.json", "model/vocab.json"], folder.Names);
        foreach (var path in new[] { "model", "model/merges.txt" })
        {
            var loaded = ClipTokenizer.Load(folder.At(path));
            Assert.Equal(Learned(learned), Learned(loaded));
            Assert.Equal(learned.Encode("the newest caf\u00e9 & \"a\"").Ids, loaded.Encode("the newest caf\u00e9 & \"a\"").Ids);
        }

        var config = JsonNode.Parse(File.ReadAllText(folder.At("model/tokenizer_config.json")))!;
        Assert.Equal(("CLIPTokenizer", 77), (config["tokenizer_class"]!.GetValue<string>(), config["model_max_length"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_a_tokenizer_json_of_older_and_newer_libraries(bool pairs)
    {
        using var folder = new TemporaryFolder();
        var learned = ClipTokenizer.Learn(Corpus, 530);
        learned.Save(folder.Path);
        var merges = File.ReadAllLines(folder.At("merges.txt")).Skip(1);
        var json = new JsonObject
        {
            ["model"] = new JsonObject
            {
                ["vocab"] = JsonNode.Parse(File.ReadAllText(folder.At("vocab.json"))),
                ["merges"] = pairs ? JsonSerializer.SerializeToNode(merges.Select(merge => merge.Split(' '))) : JsonSerializer.SerializeToNode(merges),
            },
        };
        File.WriteAllText(folder.At("tokenizer.json"), json.ToJsonString());
        File.Delete(folder.At("merges.txt"));
        File.Delete(folder.At("vocab.json"));
        Assert.Equal(Learned(learned), Learned(ClipTokenizer.Load(folder.Path)));
    }

    [Fact]
    public void Other_tokenizers_and_damaged_files_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string Refused<TError>() where TError : Exception => Assert.Throws<TError>(() => ClipTokenizer.Load(folder.Path)).Message;
        Assert.Contains("vocab.json and merges.txt, or tokenizer.json", Refused<FileNotFoundException>(), StringComparison.Ordinal);
        ClipTokenizer.Learn(Corpus, 520).Save(folder.Path);
        var vocabulary = File.ReadAllText(folder.At("vocab.json"));
        File.WriteAllText(folder.At("vocab.json"), vocabulary.Replace("\"es\":", "\"se\":", StringComparison.Ordinal));
        Assert.Contains("the token 'es' the id (none)", Refused<InvalidDataException>(), StringComparison.Ordinal);
        File.WriteAllText(folder.At("vocab.json"), vocabulary[..^20]);
        Assert.Contains("vocab.json' is damaged", Refused<InvalidDataException>(), StringComparison.Ordinal);
        File.WriteAllText(folder.At("merges.txt"), "#version: 0.2\nabc\n");
        Assert.Contains("this is 'abc'", Refused<InvalidDataException>(), StringComparison.Ordinal);
        File.Delete(folder.At("merges.txt"));
        File.WriteAllText(folder.At("tokenizer.json"), "{\"model\": {}}");
        Assert.Contains("has no model.merges", Refused<InvalidDataException>(), StringComparison.Ordinal);
    }

    private static string[] Learned(ClipTokenizer tokenizer) => [.. Enumerable.Range(512, tokenizer.VocabularySize - 514).Select(tokenizer.Token)];

    /// <summary>All pairs are counted anew before each merge.</summary>
    private static string[] Oracle(int count)
    {
        var words = Corpus.SelectMany(text => text.Split(' ')).Select(word => word.Select((letter, i) => letter + (i == word.Length - 1 ? "</w>" : "")).ToList()).ToList();
        var learned = new List<string>();
        while (learned.Count < count)
        {
            var pairs = words.SelectMany(word => word.Zip(word.Skip(1))).Where(pair => !learned.Contains(pair.First + pair.Second)).GroupBy(pair => pair)
                .Where(group => group.Count() >= 2).OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.First, StringComparer.Ordinal).ThenBy(group => group.Key.Second, StringComparer.Ordinal).ToList();
            if (pairs.Count == 0)
                break;
            var (first, second) = pairs[0].Key;
            learned.Add(first + second);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if (word[i] != first || word[i + 1] != second)
                        continue;
                    word[i] = first + second;
                    word.RemoveAt(i + 1);
                }
            }
        }

        return [.. learned];
    }
}
