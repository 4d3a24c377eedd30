using System.Text;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class OwnTextsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("own.txt")]
    [InlineData("own.TXT.gz")]
    public void Sentences_replace_those_of_the_world_and_nothing_else(string name)
    {
        var bytes = Encoding.UTF8.GetBytes("The printer is out of ink.\r\n\n  \nMy screen is black. \nThe printer is out of ink.\nWo ist die Rechnung?");
        var path = _folder.Write(name, name.EndsWith("gz", StringComparison.Ordinal) ? Archives.Gzip(bytes) : bytes);
        var set = TextData.Load($"file:{path}", triplets: 30, pairs: 60, seed: 4);
        var world = TextData.Load("sentence-world", triplets: 30, pairs: 60, seed: 4);
        Assert.Equal($"{name} (triplets and pairs: Sentence world): 3 sentences, 30 triplets, 60 + 60 scored pairs, 3 similarity and 4 transfer tasks", set.ToString());
        Assert.Equal(["The printer is out of ink.", "My screen is black.", "Wo ist die Rechnung?"], set.Sentences);
        Assert.Equal(world.Test, set.Test);
        Assert.Equal(world.Triplets.Count, set.Triplets.Count);
        Assert.Equal(2, TextData.Load($"file:{path}", sentences: 2).Sentences.Count);
    }

    [Fact]
    public void A_sentence_that_the_world_measures_by_is_not_trained_on()
    {
        var world = TextData.Load("sentence-world", pairs: 60, seed: 4);
        var path = Write("own.txt", $"{world.Test[0].First}\nOne.\n{world.Development[0].Second.ToUpperInvariant()}\nTwo.\n");
        Assert.Equal(["One.", "Two."], TextData.Load($"file:{path}", pairs: 60, seed: 4).Sentences);
    }

    [Theory]
    [InlineData("own.tsv", "{0}\t{1}\t{2}", "")]
    [InlineData("own.tsv", "{0}\t{1}\t{2}", "anchor\tpositive\tnegative")]
    [InlineData("own.csv", "{0},\"{1}\",{2}", "anchor,positive,negative")]
    [InlineData("own.csv", "{0},{1},{2}", "sent0,sent1,hard_neg")]
    [InlineData("own.jsonl", """["{0}", "{1}", "{2}"]""", "")]
    [InlineData("own.jsonl", """{{"negative": "{2}", "anchor": "{0}", "positive": "{1}", "id": 7}}""", "")]
    [InlineData("own.jsonl", """{{"sent0": "{0}", "sent1": "{1}", "hard_neg": "{2}"}}""", "")]
    public void Triplets_come_in_the_fields_formats_and_two_fifths_are_held_out(string name, string line, string header)
    {
        var lines = Enumerable.Range(0, 20).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, line, $"anchor {i}", $"same {i}", $"other {i}"));
        var path = Write(name, string.Join('\n', header.Length > 0 ? lines.Prepend(header) : lines));
        var set = TextData.Load($"file:{path}", seed: 2);
        Assert.Equal($"{name}: 36 sentences, 12 triplets, 8 + 8 scored pairs, 1 similarity and 0 transfer tasks", set.ToString());

        static int Number(string text) => int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.All(set.Triplets, triplet => Assert.Equal(
            new SentenceTriplet($"anchor {Number(triplet.Anchor)}", $"same {Number(triplet.Anchor)}", $"other {Number(triplet.Anchor)}"), triplet));
        Assert.All(set.Test, pair => Assert.Equal(pair.Score == 5 ? "same" : "other", pair.Second.Split(' ')[0]));
        int[][] parts =
        [
            [.. set.Triplets.Select(triplet => Number(triplet.Anchor)).Distinct()],
            [.. set.Development.Select(pair => Number(pair.First)).Distinct()],
            [.. set.Test.Select(pair => Number(pair.First)).Distinct()],
        ];
        Assert.Equal(Enumerable.Range(0, 20), parts.SelectMany(part => part).Order());
        Assert.Same(set.Test, set.Tasks.Single().Pairs);
    }

    [Fact]
    public void No_pair_and_no_sentence_that_is_measured_is_trained_on()
    {
        // Each anchor has two triplets, and a positive is another's hard negative.
        var path = Write("own.tsv", string.Concat(Enumerable.Range(0, 40).Select(i => $"anchor {i / 2}\tsame {i}\tsame {(i + 1) % 40}\n")));
        var set = TextData.Load($"file:{path}", triplets: 1000, seed: 1);
        var measured = set.Development.Concat(set.Test).SelectMany(pair => new[] { pair.First, pair.Second }).ToHashSet();
        Assert.Empty(set.Sentences.Intersect(measured));
        Assert.Empty(set.Triplets.Select(triplet => triplet.Anchor).Intersect(measured));
        var pairs = set.Development.Concat(set.Test).SelectMany(pair => new[] { (pair.First, pair.Second), (pair.Second, pair.First) }).ToHashSet();
        Assert.DoesNotContain(set.Triplets, triplet => pairs.Contains((triplet.Anchor, triplet.Positive)) || pairs.Contains((triplet.Anchor, triplet.HardNegative)));
        Assert.Empty(set.Development.Select(pair => pair.First).Intersect(set.Test.Select(pair => pair.First)));
        Assert.Equal(set.Triplets, TextData.Load($"file:{path}", seed: 1).Triplets);
        Assert.NotEqual(set.Test, TextData.Load($"file:{path}", seed: 2).Test);
        var part = TextData.Load($"file:{path}", sentences: 3, triplets: 5, pairs: 2, seed: 1);
        Assert.Equal((3, 5, 2, 2), (part.Sentences.Count, part.Triplets.Count, part.Development.Count, part.Test.Count));
    }

    [Fact]
    public void Pairs_that_differ_in_case_and_punctuation_or_in_order_only_are_one()
    {
        // Each pair occurs in both directions, and each anchor in two spellings.
        var path = Write("own.tsv", string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"text {i}\ttext {i ^ 1}\tother {i}\nText {i}!\ttext {i ^ 1}\tOther {i}.\n")));
        var crossed = false;
        for (var seed = 0; seed < 5; seed++)
        {
            var set = TextData.Load($"file:{path}", seed: seed);
            string[] Keys(IEnumerable<ScoredPair> pairs) => [.. pairs.Select(pair => string.Join('|', new[] { Key(pair.First), Key(pair.Second) }.Order(StringComparer.Ordinal)))];
            var (development, test) = (Keys(set.Development), Keys(set.Test));
            Assert.Equal(development.Length, development.Distinct().Count());
            Assert.Equal(test.Length, test.Distinct().Count());
            Assert.Empty(development.Intersect(test));
            crossed |= test.Length < 24;
        }

        Assert.True(crossed, "no pair was in both parts, so nothing was tested");

        static string Key(string text) => text.ToLowerInvariant().TrimEnd('!', '.');
    }

    [Fact]
    public void A_file_whose_test_pairs_are_all_in_development_is_refused()
    {
        var path = Write("own.tsv", "a\tb\tb\nb\ta\ta\nc\td\td\nd\tc\tc\n");
        var messages = Enumerable.Range(0, 20).Select(seed => Record.Exception(() => TextData.Load($"file:{path}", seed: seed))?.Message ?? "").ToList();
        Assert.Contains(messages, message => message.EndsWith("expected positives and negatives: its triplets repeat each other.", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_pairs_are_a_random_part_of_both_scores()
    {
        var path = Write("own.tsv", string.Concat(Enumerable.Range(0, 100).Select(i => $"anchor {i}\tsame {i}\tother {i}\n")));
        var (all, part) = (TextData.Load($"file:{path}", seed: 1), TextData.Load($"file:{path}", pairs: 6, seed: 1));
        Assert.Equal([3, 3], part.Test.CountBy(pair => pair.Score).Select(count => count.Value));
        Assert.Subset(all.Test.ToHashSet(), part.Test.ToHashSet());
        Assert.NotEqual(all.Test.Take(6), part.Test);
        Assert.Equal(all.Triplets, part.Triplets);
    }

    [Theory]
    [InlineData("own.csv", "Anchor,Positive,NEGATIVE\n\n{0}\n  \n")]
    [InlineData("own.tsv", "Sent0\tsent1\tHard_Neg\n\n{0}\n\n")]
    public void Blank_lines_and_the_case_of_a_header_are_of_no_matter(string name, string text)
    {
        var separator = name.EndsWith("csv", StringComparison.Ordinal) ? ',' : '\t';
        var lines = Enumerable.Range(0, 20).Select(i => string.Join(separator, $"anchor {i}", $"same {i}", $"other {i}"));
        var path = Write(name, text.Replace("{0}", string.Join("\n\n", lines), StringComparison.Ordinal));
        Assert.Equal(12, TextData.Load($"file:{path}").Triplets.Count);
    }

    [Theory]
    [InlineData("a.tsv", "query\tpos\tneg\na\tb\tc\n", "line 1: the header is 'query\tpos\tneg', expected 'anchor\tpositive\tnegative' or 'sent0\tsent1\thard_neg'.")]
    [InlineData("a.tsv", "a\tb\tc\nd\te\n", "line 2: there are 2 columns between tabs, expected 3: a sentence, a positive, a hard negative.")]
    [InlineData("a.tsv", "a\t\tc\n", "line 1: a sentence is empty.")]
    [InlineData("a.csv", "a,b,c\n", "line 1: the header is 'a,b,c', expected 'anchor,positive,negative' or 'sent0,sent1,hard_neg'.")]
    [InlineData("a.csv", "anchor,positive,negative\na,b\n", "line 2: there are 2 values between commas, expected 3.")]
    [InlineData("a.csv", "anchor,positive,negative\n", "it holds no triplet.")]
    [InlineData("a.jsonl", "[\"a\", \"b\", \"c\"]\n\n{\"anchor\": \"x\", \"positive\": \"y\"}\n", "line 3: expected an object with texts called anchor, positive, negative or sent0, sent1, hard_neg, or an array of three texts.")]
    [InlineData("a.jsonl", "[\"a\", \"b\", 3]\n", "or an array of three texts.")]
    [InlineData("a.jsonl", "{\"anchor\":\n", "line 1: it is not JSON: an error after 10 bytes.")]
    [InlineData("a.tsv", "a\tb\tc\nb\tc\td\nc\td\te\nc\tx\ty\n", "its triplets begin with 3 different sentence(s), expected at least 4: two to train on, one to choose settings by, one to measure by.")]
    [InlineData("a.tsv", "a\tb\tc\nb\ta\td\nc\td\ta\nd\tc\tb\n", "are left to train on once pairs are held out, expected at least 2: its triplets repeat each other.")]
    [InlineData("a.txt", "one\ttwo\n", "line 1: there is a tab in it, expected one sentence; a file of triplets ends in .tsv, .csv or .jsonl.")]
    [InlineData("a.txt", "only one\nonly one\n", "it holds 1 different sentence(s), expected at least 2, one a line.")]
    [InlineData("a.txt", "", "it holds 0 different sentence(s), expected at least 2, one a line.")]
    [InlineData("a.docx", "x", "'.docx' is no format of texts; expected .txt (a sentence a line), or .csv, .tsv or .jsonl (a triplet a line), compressed with gzip or not.")]
    public void A_wrong_file_is_named_with_the_line_and_what_was_expected(string name, string text, string message)
    {
        var path = Write(name, text);
        var wrong = Assert.Throws<InvalidDataException>(() => TextData.Load($"file:{path}"));
        Assert.StartsWith(path, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
