using Contrastive.Augmentation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class TextAugmentationTests
{
    private static readonly string Alphabet = string.Join(' ', "abcdefghijklmnopqrst".Select(letter => letter.ToString()));

    private static string[][] Views(ITextAugmentation augmentation, string text, int count)
    {
        using var generator = new Generator(1);
        return [.. Enumerable.Range(0, count).Select(_ => augmentation.Apply(text, generator).Split(' '))];
    }

    public static TheoryData<string> All => ["masking", "deletion", "span", "shuffle", "local shuffle", "synonyms", "typos", "back-translation", "composed"];

    private static ITextAugmentation Make(string kind) => kind switch
    {
        "masking" => new WordMasking(0.5),
        "deletion" => new WordDeletion(0.5),
        "span" => new SpanCutoff(0.5),
        "shuffle" => new WordShuffle(null),
        "local shuffle" => new WordShuffle(),
        "synonyms" => new SynonymReplacement(0.5),
        "typos" => new LetterSwaps(),
        "back-translation" => PivotLexicon.BackTranslation,
        _ => new ComposeText(new WordDeletion(1), new SpanCutoff(1), new WordShuffle(), new SynonymReplacement(1)),
    };

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_randomness_gives_the_same_view_and_no_view_is_empty(string kind)
    {
        var augmentation = Make(kind);
        const string Text = "The quick big dog  runs to\tthe house, and the child is very happy to buy a picture";
        Assert.Equal(Views(augmentation, Text, 20), Views(augmentation, Text, 20));
        foreach (var text in new[] { "one", "two words", "  edge  ", "!?", Text })
            Assert.All(Views(augmentation, text, 50), view => Assert.All(view, word => Assert.NotEqual("", word)));
        BadInput.Refused("no word", () => augmentation.Apply(" \n", new Generator(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.15)]
    [InlineData(1)]
    public void Masking_replaces_each_word_with_the_probability(double probability)
    {
        var views = Views(new WordMasking(probability, "<mask>"), Alphabet, 2000);
        var words = Alphabet.Split(' ');
        for (var i = 0; i < 20; i++)
        {
            Assert.All(views, view => Assert.True(view[i] == words[i] || view[i] == "<mask>"));
            Assert.Equal(probability, views.Average(view => view[i] == "<mask>" ? 1.0 : 0), 0.04);
        }
    }

    [Fact]
    public void Typos_swap_two_inner_letters_in_some_of_the_longer_words()
    {
        string[] words = ["a", "tiny", "(abcdef)", "bcdefg,", "cdefgh"];
        var views = Views(new LetterSwaps(), string.Join(' ', words), 3000);
        var swaps = new Dictionary<string, int>();
        foreach (var view in views)
        {
            Assert.Equal(["a", "tiny"], view[..2]);
            Assert.Equal(2, view.Zip(words).Count(pair => pair.First != pair.Second));
            foreach (var (after, before) in view.Zip(words).Where(pair => pair.First != pair.Second))
            {
                var places = Enumerable.Range(0, before.Length).Where(place => after[place] != before[place]).ToArray();
                Assert.Equal((2, 1), (places.Length, places[1] - places[0]));
                Assert.Equal((before[places[0]], before[places[1]]), (after[places[1]], after[places[0]]));
                swaps[after] = swaps.GetValueOrDefault(after) + 1;
            }
        }

        // Three words, each in two views of three, with three places for a swap: a third of 2,000 each, five standard deviations about it.
        Assert.Equal(9, swaps.Count);
        Assert.All(swaps.Values, count => Assert.InRange(count, 550, 785));
        Assert.All(Views(new LetterSwaps(9), "abcde", 20), view => Assert.NotEqual("abcde", view[0]));
        BadInput.Refused("words is 0", () => _ = new LetterSwaps(0));
    }

    [Fact]
    public void Deletion_removes_each_word_with_the_probability_and_keeps_the_order()
    {
        var views = Views(new WordDeletion(0.3), Alphabet, 2000);
        Assert.All(views, view => Assert.Equal(view.Order(StringComparer.Ordinal), view));
        foreach (var word in Alphabet.Split(' '))
            Assert.Equal(0.7, views.Average(view => view.Contains(word) ? 1.0 : 0), 0.04);
    }

    [Fact]
    public void Where_all_words_would_go_one_drawn_evenly_stays()
    {
        var views = Views(new WordDeletion(1), "a b c d", 4000);
        Assert.All(views, view => Assert.Single(view));
        Assert.All(views.GroupBy(view => view[0]), group => Assert.InRange(group.Count(), 900, 1100));
    }

    [Theory]
    [InlineData(0, 20)]
    [InlineData(0.2, 16)]
    [InlineData(0.23, 15)] // 4.6 words: 5
    [InlineData(1, 1)]
    public void A_span_of_the_fraction_is_cut_out_at_any_place(double fraction, int left)
    {
        var words = Alphabet.Split(' ');
        var starts = new HashSet<int>();
        foreach (var view in Views(new SpanCutoff(fraction), Alphabet, 600))
        {
            Assert.Equal(left, view.Length);
            var start = view.Zip(words).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.Equal([.. words[..start], .. words[(start + 20 - left)..]], view);
            starts.Add(start);
        }

        Assert.Equal(fraction == 0 ? 1 : left + 1, starts.Count);
    }

    [Fact]
    public void A_local_shuffle_moves_no_word_further_than_its_distance_and_a_full_one_anywhere()
    {
        foreach (var distance in new[] { 1, 3 })
        {
            var furthest = Views(new WordShuffle(distance), Alphabet, 500).Max(view => view.Select((word, i) => Math.Abs(word[0] - 'a' - i)).Max());
            Assert.Equal(distance, furthest);
        }

        var views = Views(new WordShuffle(null), "a b c", 6000);
        Assert.All(views.GroupBy(view => string.Concat(view)), group => Assert.InRange(group.Count(), 900, 1100));
        Assert.Equal(6, views.Select(view => string.Concat(view)).Distinct().Count());
    }

    [Fact]
    public void Synonyms_keep_punctuation_and_capital_and_come_evenly()
    {
        var always = new SynonymReplacement(1, new SynonymLexicon([["big", "large", "huge"], ["dog", "hound"]]));
        var views = Views(always, "Big (dog)! cat.", 4000);
        Assert.All(views, view => Assert.Equal(["(hound)!", "cat."], view[1..]));
        Assert.Equal(["Huge", "Large"], views.Select(view => view[0]).Distinct().Order());
        Assert.Equal(0.5, views.Average(view => view[0] == "Huge" ? 1.0 : 0), 0.04);
        var sometimes = Views(new SynonymReplacement(0.2, new SynonymLexicon([["dog", "hound"]])), "dog", 4000);
        Assert.Equal(0.2, sometimes.Average(view => view[0] == "hound" ? 1.0 : 0), 0.04);
    }

    [Fact]
    public void The_built_in_lexicon_is_sound()
    {
        Assert.Equal(["little", "tiny"], SynonymLexicon.Small.Of("SMALL"));
        Assert.Empty(SynonymLexicon.Small.Of("contrastive"));
        BadInput.Refused("'big' occurs twice", () => _ = new SynonymLexicon([["big", "large"], ["big", "huge"]]));
        BadInput.Refused("at least two", () => _ = new SynonymLexicon([["big"]]));
    }

    [Fact]
    public void Back_translation_goes_through_the_translators_that_are_plugged_in()
    {
        var there = new BackTranslation(text => $"<{text}>", pivot => pivot.ToUpperInvariant());
        Assert.Equal("<A B>", there.Apply("a  b", new Generator(1)));
        var broken = new BackTranslation(_ => " ", pivot => pivot);
        Assert.Contains("returned no text for 'a'", Assert.Throws<InvalidOperationException>(() => broken.Apply("a", new Generator(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_toy_lexicon_comes_back_with_other_words_and_passes_unknown_ones()
    {
        Assert.Equal("Der Hund läuft schnell!", PivotLexicon.ToPivot("Der dog runs quickly!", new Generator(1)));
        var views = Views(PivotLexicon.BackTranslation, "Dogs like the big house.", 200);
        Assert.Equal(["Dogs", "Hounds"], views.Select(view => view[0]).Distinct().Order());
        Assert.Equal(["building.", "home.", "house."], views.Select(view => view[4]).Distinct().Order());
        Assert.All(views, view => Assert.Equal("the", view[2]));
    }

    [Fact]
    public void Two_views_of_each_text_are_independent()
    {
        var (view1, view2) = new TwoTextViews(new WordShuffle(null)).Apply([Alphabet, "one"], new Generator(1));
        Assert.NotEqual(view1[0], view2[0]);
        Assert.Equal(["one", "one"], [view1[1], view2[1]]);
    }

    [Fact]
    public void Bad_options_are_refused_with_what_was_expected()
    {
        BadInput.Refused("[0, 1]", () => _ = new WordMasking(1.2));
        BadInput.Refused("use WordDeletion", () => _ = new WordMasking(0.1, " "));
        BadInput.Refused("[0, 1]", () => _ = new WordDeletion(-0.1));
        BadInput.Refused("distance is 0", () => _ = new WordShuffle(0));
        BadInput.Refused("at least one", () => _ = new ComposeText());
    }
}
