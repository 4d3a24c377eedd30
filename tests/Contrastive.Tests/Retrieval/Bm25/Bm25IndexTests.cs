using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class Bm25IndexTests
{
    private static readonly Passage[] Animals =
    [
        new("cats", "Cats", "The cat sat on the mat, and another cat slept."),
        new("dogs", "Dogs", "A dog chased the cat around the house."),
        new("fish", "", "Fish swim in schools; a school of fish."),
        new("nothing", "", ""),
        new("birds", "Birds of prey", ""),
    ];

    [Theory]
    [InlineData(Bm25Fields.Joined, 1.2, 0.75, 0.5)]
    [InlineData(Bm25Fields.Separate, 1.2, 0.75, 0.5)]
    [InlineData(Bm25Fields.Separate, 0.9, 0.4, 0)]
    [InlineData(Bm25Fields.Separate, 0, 1, 1)]
    [InlineData(Bm25Fields.Separate, 1e6, 0.5, 0.5)]
    public void Scores_are_those_of_the_equation_written_as_loops(Bm25Fields fields, double k1, double b, double tieBreaker)
    {
        var passages = Bm25Oracle.Passages(count: 40, seed: 1);
        var options = new Bm25Options { Fields = fields, K1 = k1, B = b, TieBreaker = tieBreaker, Analyzer = Bm25Analyzer.Plain };
        using var index = Bm25Index.Build(passages, options);
        string[] queries = ["w1 w2", "w3", "w3 w3 w3 w0", "unknown w4", "w0 w1 w2 w3 w4 w5 w6 w7"];
        var found = index.Search(queries, 100);
        foreach (var (query, results) in queries.Zip(found))
        {
            var expected = Bm25Oracle.Search(passages, query, options);
            Assert.Equal(expected.Count, results.Count);
            Assert.All(results, result => Assert.Equal(expected[result.Id], result.Score, 1e-5 * expected[result.Id]));
            Assert.Equal(results.OrderByDescending(result => result.Score).Select(result => result.Id), results.Select(result => result.Id));
        }
    }

    [Fact]
    public void Finds_words_in_text_and_title_also_in_another_form()
    {
        using var index = Bm25Index.Build(Animals);
        Assert.Equal(["cats", "dogs"], Ids(index, "CATS"));
        Assert.Equal(["fish"], Ids(index, "schooling"));
        Assert.Equal(["birds"], Ids(index, "a bird's prey"));
        Assert.Equal(5, index.Count);
    }

    [Fact]
    public void Plain_words_are_neither_stemmed_nor_left_out()
    {
        using var index = Bm25Index.Build(Animals, new Bm25Options { Analyzer = Bm25Analyzer.Plain });
        Assert.Equal(["cats"], Ids(index, "cats"));
        Assert.Equal(["dogs", "cats"], Ids(index, "the a").Where(id => id != "fish"));
        Assert.Empty(Ids(index, "schooling"));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void A_word_of_more_than_255_characters_is_left_out(int length, bool isFound)
    {
        using var index = Bm25Index.Build([new("long", "", new string('x', length)), new("short", "", "x")]);
        Assert.Equal(isFound, Ids(index, new string('x', length)).Contains("long"));
        Assert.Equal(["short"], Ids(index, "x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("the of and")]
    [InlineData("?!… \"")]
    [InlineData("zebra")]
    public void A_question_without_a_known_word_finds_nothing(string question)
    {
        using var index = Bm25Index.Build(Animals);
        Assert.Empty(Ids(index, question));
        Assert.Empty(Ids(index, "\ud800"));
    }

    [Theory]
    [InlineData("\"dog cat\"")]
    [InlineData("dog AND cat")]
    [InlineData("dog -cat")]
    [InlineData("+dog text: cat* ~ ^3 [ (")]
    public void A_question_is_text_without_syntax(string question)
    {
        using var index = Bm25Index.Build(Animals);
        var plain = index.Search(["dog cat"], 10)[0];
        Assert.Equal(plain, index.Search([question], 10)[0]);
        Assert.Equal("dogs", plain[0].Id);
    }

    [Fact]
    public void A_question_of_thousands_of_words_adds_up_all_of_them()
    {
        using var index = Bm25Index.Build(Animals);
        var many = string.Join(' ', Enumerable.Range(0, 5000).Select(i => $"w{i}"));
        var results = index.Search([$"dog {many} cat", "dog cat"], 10);
        Assert.Equal(results[1], results[0]);
    }

    [Fact]
    public void Accents_are_composed_in_passages_and_questions()
    {
        using var index = Bm25Index.Build([new("a", "", "un café"), new("b", "", "un cafe\u0301 noir"), new("c", "", "cafe")]);
        Assert.Equal(["a", "b"], Ids(index, "café"));
        Assert.Equal(["a", "b"], Ids(index, "CAFE\u0301"));
        Assert.Equal("un cafe\u0301 noir", index.Get("b").Text);
    }

    [Fact]
    public void Equal_passages_are_found_in_their_order_whatever_the_number_of_threads()
    {
        var words = Enumerable.Range(0, 40).Select(i => $"w{i}").ToArray();
        var passages = Enumerable.Range(0, 3000).Select(i => new Passage($"p{i * 7919 % 3000}", "", string.Join(' ', words[..(1 + i % 3 * 13)]))).ToArray();
        using var index = Bm25Index.Build(passages);
        string[] queries = [.. Enumerable.Range(0, 100).Select(i => string.Join(' ', words.Skip(i % 20).Take(1 + i % 17)))];
        index.Threads = 1;
        var alone = index.Search(queries, 50);
        index.Threads = 8;
        for (var repeat = 0; repeat < 2; repeat++)
            Assert.Equal(alone, index.Search(queries, 50));
        var all = index.Search([string.Join(' ', words)], 5000)[0];
        var expected = passages.Select((passage, place) => (passage, place)).OrderByDescending(item => item.passage.Text.Length).ThenBy(item => item.place);
        Assert.Equal(expected.Select(item => item.passage.Id), all.Select(item => item.Id));
        Assert.Equal(3, all.Select(item => item.Score).Distinct().Count());
    }

    [Fact]
    public void A_passage_is_shown_as_it_was_given_unless_passages_are_not_kept()
    {
        using var index = Bm25Index.Build(Animals);
        Assert.All(Animals, passage => Assert.Equal(passage, index.Get(passage.Id)));
        Assert.Contains("'mouse'", Assert.Throws<KeyNotFoundException>(() => index.Get("mouse")).Message);
        using var small = Bm25Index.Build(Animals, new Bm25Options { KeepsPassages = false });
        Assert.Equal(["cats", "dogs"], Ids(small, "cat"));
        Assert.Contains("without KeepsPassages", Assert.Throws<InvalidOperationException>(() => small.Get("cats")).Message);
    }

    [Fact]
    public void Passages_are_read_once_and_not_held()
    {
        var held = new List<WeakReference>();
        IEnumerable<Passage> Stream()
        {
            for (var i = 0; i < 1000; i++)
            {
                var passage = new Passage($"p{i}", "", new string('x', 1000));
                held.Add(new WeakReference(passage));
                yield return passage;
            }

            GC.Collect();
            Assert.True(held.Count(reference => reference.IsAlive) < 5);
        }

        using var index = Bm25Index.Build(Stream());
        Assert.Equal((1000, 1000), (index.Count, held.Count));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        BadInput.Refused("'b' is the id of passage 2 and of passage 3", () => Bm25Index.Build([new("a", "", ""), new("b", "", ""), new("b", "", "")]));
        BadInput.Refused("passage 2 is Passage { Id =  ,", () => Bm25Index.Build([new("a", "", ""), new(" ", "", "")]));
        BadInput.Refused("passage 1 is null", () => Bm25Index.Build([null!]));
        BadInput.Refused("passage 1", () => Bm25Index.Build([new("a", "", null!)]));
        Assert.StartsWith("There is no passage: there is nothing to search.", Assert.Throws<ArgumentException>(() => Bm25Index.Build([])).Message, StringComparison.Ordinal);
        BadInput.Refused("half of a surrogate pair", () => Bm25Index.Build([new("\ud800", "", "")]));
        BadInput.Refused("the title or text of passage 2, 'b', holds half of a surrogate pair", () => Bm25Index.Build([new("a", "\ud83d\ude00", ""), new("b", "", "cut off \ud83d")]));
        BadInput.Refused("the title or text of passage 1, 'a', holds half", () => Bm25Index.Build([new("a", "\ude00", "")]));
        BadInput.Refused("40000 bytes", () => Bm25Index.Build([new(new string('a', 40_000), "", "")]));
        BadInput.Refused("K1 is -1", () => Bm25Index.Build(Animals, new Bm25Options { K1 = -1 }));
        BadInput.Refused("K1 is 1E+39; expected 0 to 1000000", () => Bm25Index.Build(Animals, new Bm25Options { K1 = 1e39 }));
        BadInput.Refused("K1 is NaN", () => Bm25Index.Build(Animals, new Bm25Options { K1 = double.NaN }));
        BadInput.Refused("B is 1.5", () => Bm25Index.Build(Animals, new Bm25Options { B = 1.5 }));
        using var index = Bm25Index.Build(Animals);
        BadInput.Refused("topK is 0", () => index.Search(["cat"], 0));
        BadInput.Refused("queries[1] is null", () => index.Search(["cat", null!], 1));
        BadInput.Refused("at least 1", () => index.Threads = 0);
        Assert.Empty(index.Search([], 3));
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search(["cat"], 1));
    }

    private static IEnumerable<string> Ids(Bm25Index index, string question) => index.Search([question], 10)[0].Select(item => item.Id);
}
