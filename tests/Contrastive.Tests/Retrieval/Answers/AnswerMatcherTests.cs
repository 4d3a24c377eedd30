using System.Globalization;
using System.Text;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Retrieval;

public sealed class AnswerMatcherTests
{
    [Theory]
    [InlineData("Barack Obama", "said BARACK   obama, who", true)]
    [InlineData("art", "the party", false)]
    [InlineData("art", "the art.", true)]
    [InlineData("1990", "in 1990–1995", true)] // an en dash is a word of its own
    [InlineData("1990–1995", "in 1990 – 1995", true)]
    [InlineData("1990-1995", "in 1990–1995", false)] // and another one than a hyphen
    [InlineData("café", "CAFE\u0301 noir", true)]
    [InlineData("cafe", "the café", false)]
    [InlineData("O'Brien", "o ' brien", true)]
    [InlineData("U.S.", "the U.S. Navy", true)]
    [InlineData("U.S.", "the U.S", false)]
    [InlineData("\U0001D400\U0001D401 😀", "x \U0001D400\U0001D401😀!", true)] // letters and a symbol beyond the first 65,536
    [InlineData("\U0001D400", "\U0001D400\U0001D401", false)]
    [InlineData("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", true)]
    [InlineData("ΟΔΟΣ", "η οδος.", true)] // a final sigma, as in Python
    [InlineData("ΟΔΟΣ", "η οδοσ", false)] // which is another letter
    [InlineData("ΟΔΟΣ", "ΟΔΟΣ'Α", true)] // each word is lower-cased by itself
    [InlineData("İzmir", "i\u0307zmir", true)]
    [InlineData("100%", "100 %", true)]
    [InlineData("$5", "cost $5.00", true)]
    [InlineData("a\u200bb", "a b", true)] // a zero-width space is a control, and parts words
    [InlineData("x²", "x²", true)]
    [InlineData("snake_case", "snake _ case", true)]
    [InlineData("", "anything", false)]
    [InlineData(" \u00a0\n\u200b", "anything \u00a0\n", false)]
    [InlineData("a", "", false)]
    [InlineData("a b a", "a b b a b a", true)]
    public void Finds_the_words_of_an_answer_in_sequence(string answer, string passage, bool expected)
    {
        Assert.Equal(expected, new AnswerMatcher([answer]).OccursIn(passage));
        Assert.Equal(expected, AnswerOracle.Occurs(answer, passage));
    }

    [Fact]
    public void Agrees_with_loops_over_tokens_on_random_texts()
    {
        var random = new Random(7);
        string[] pieces = ["a", "B", "é", "e\u0301", "Σ", "σ", "ς", "1", "²", "–", "-", ".", "'", " ", " ", "\u00a0", "\n", "\u0301", "\U0001D400", "😀", "\u200d", "İ", "한", "\ud800"];
        string Text(int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => pieces[random.Next(pieces.Length)]));
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (answer, passage) = (Text(4), Text(30));
            var expected = AnswerOracle.Occurs(answer, passage);
            Assert.True(expected == new AnswerMatcher([answer]).OccursIn(passage), $"'{answer}' in '{passage}'");
            found += expected ? 1 : 0;
        }

        Assert.InRange(found, 1000, 19_000);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_character()
    {
        Assert.False(new AnswerMatcher(["\ud800"]).OccursIn("\ud800 a"));
        Assert.True(new AnswerMatcher(["a b"]).OccursIn("a\ud800b"));
    }

    [Fact]
    public void One_of_several_answers_is_enough_and_a_text_is_prepared_once()
    {
        var passages = new[] { "the Nile", "the Amazon river", "a lake" }.Select(text => new AnswerText(text)).ToArray();
        var matcher = new AnswerMatcher(["Amazon", "nile", " "]);
        Assert.Equal([true, true, false], passages.Select(matcher.OccursIn));
        Assert.False(new AnswerMatcher([]).OccursIn("the Nile"));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        BadInput.Refused("An answer is null", () => _ = new AnswerMatcher(["a", null!]));
        BadInput.Refused("text", () => _ = new AnswerText(null!));
        BadInput.Refused("passage", () => new AnswerMatcher(["a"]).OccursIn((string)null!));
        BadInput.Refused("passage", () => new AnswerMatcher([]).OccursIn((string)null!));
    }

    /// <summary>DPR's rule as loops: lists of tokens, compared at each place.</summary>
    private static class AnswerOracle
    {
        public static bool Occurs(string answer, string passage)
        {
            var (wanted, words) = (Tokens(answer), Tokens(passage));
            if (wanted.Count == 0)
                return false;
            for (var start = 0; start + wanted.Count <= words.Count; start++)
            {
                if (words.Skip(start).Take(wanted.Count).SequenceEqual(wanted))
                    return true;
            }

            return false;
        }

        private static List<string> Tokens(string text)
        {
            var tokens = new List<string>();
            var word = new StringBuilder();
            foreach (var rune in (IEnumerable<Rune?>)[.. CanonicalForm.Decompose(text).EnumerateRunes(), null])
            {
                var category = rune is { } known && known != Rune.ReplacementChar ? Letter(Rune.GetUnicodeCategory(known)) : 'C';
                if (category is 'L' or 'N' or 'M')
                {
                    word.Append(rune);
                    continue;
                }

                if (word.Length > 0)
                    tokens.Add(LowerCase.WholeText(word.ToString()));
                word.Clear();
                if (category is not ('Z' or 'C'))
                    tokens.Add(rune.ToString()!);
            }

            return tokens;
        }

        private static char Letter(UnicodeCategory category) => category switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => 'L',
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => 'M',
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => 'N',
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => 'Z',
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned => 'C',
            _ => 'S',
        };
    }
}
