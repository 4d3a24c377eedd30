using System.Security.Cryptography;
using System.Text;
using Contrastive.Tests.Encoders;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

/// <summary>Python's unicodedata over every character and 20,000 mixed strings, compared by digest.</summary>
public sealed class CanonicalFormTests
{
    private static readonly int[] Points = [.. Enumerable.Range(0, 0x110000).Where(point => point is < 0xD800 or > 0xDFFF)];

    [Fact]
    public void Composes_as_Python_does() => Assert.Equal(TokenizerGolden.UnicodeDigest("NFC"), Digest(Strings().Select(CanonicalForm.Compose)));

    [Fact]
    public void Decomposes_as_Python_does() => Assert.Equal(TokenizerGolden.UnicodeDigest("NFD"), Digest(Strings().Select(CanonicalForm.Decompose)));

    [Fact]
    public void Lower_cases_each_character_as_Python_does()
    {
        var stable = Points.Where(point => point is < 0x1C89 or >= 0x1C90 and < 0xA7B0 or >= 0xAB30 and < 0x10D40 or >= 0x10D90);
        Assert.Equal(TokenizerGolden.UnicodeDigest("lower"), Digest(stable.Select(point => LowerCase.EachCharacter(char.ConvertFromUtf32(point)))));
    }

    [Theory]
    [InlineData("ΟΔΟΣ ΣΑΣ Σ", "οδος σας σ")]
    [InlineData("AΣ.b A'Σ", "aσ.b a'ς")]
    public void A_capital_sigma_that_ends_a_word_becomes_a_final_sigma(string text, string expected) => Assert.Equal(expected, LowerCase.WholeText(text));

    private static IEnumerable<string> Strings()
    {
        int[] letters = [.. Span(0x300, 0x370), .. Span(0xC0, 0x250), .. Span(0x1E00, 0x2000), .. Span(0x1100, 0x1200), .. Span(0xAC00, 0xAC40),
            .. Span(0x390, 0x400), .. Span(0x5B0, 0x5D0), .. Span(0x940, 0x960), 0x41, 0x61, 0x73];
        var mixed = Enumerable.Range(0, 20_000).Select(k =>
            string.Concat(Enumerable.Range(0, 6).Select(j => (char)letters[(k * 7919L + j * j * 104_729L + j * k) % letters.Length])));
        return Points.Select(char.ConvertFromUtf32).Concat(mixed);
    }

    private static IEnumerable<int> Span(int start, int end) => Enumerable.Range(start, end - start);

    private static string Digest(IEnumerable<string> strings) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', strings))));
}
