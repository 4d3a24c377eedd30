using Contrastive.Display;
using Microsoft.Data.Analysis;
using Xunit;

namespace Contrastive.Tests.Display;

public sealed class TableTests
{
    private sealed record Row(string Encoder, double TopOne, int? Images, bool IsTrained);

    [Fact]
    public void Reads_as_aligned_lines() => Assert.Equal(
        """
        kNN
        Encoder     Top one  Images  Is trained
        ──────────  ───────  ──────  ──────────
        raw pixels    0.500    1000  false
        trained       0.723          true
        """,
        Table.Of([new Row("raw pixels", 0.5, 1000, false), new Row("trained", 0.723, null, true)], "kNN").ToString(),
        ignoreLineEndingDifferences: true);

    [Fact]
    public void Escapes_what_it_shows_and_puts_numbers_to_the_right()
    {
        var html = Shown.ByConvention(Table.Of(["<a>", "n"], [["<script>alert(1)</script> & \"x\"", 2]], "<i>"))["text/html"];
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</td><td class=\"n\">2</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_the_first_fifty_rows_and_counts_the_others()
    {
        var frame = new DataFrame(new PrimitiveDataFrameColumn<double>("x", Enumerable.Range(0, 1234).Select(i => (double)i)));
        var lines = Table.Of(frame).ToString().Split('\n');
        Assert.Equal(53, lines.Length);
        Assert.Equal("… 1,184 more rows", lines[^1]);
        Assert.Equal(lines, Table.Of(["x"], Enumerable.Range(0, 1234).Select(i => (IReadOnlyList<object?>)[(double)i])).ToString().Split('\n'));
    }

    [Theory]
    [InlineData(0.7234567, "0.7235")]
    [InlineData(72.34567, "72.35")]
    [InlineData(12345.678, "12,346")]
    [InlineData(0.5, "0.5")]
    [InlineData(-3.0, "-3")]
    [InlineData(0.0, "0")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(double.NaN, "NaN")]
    public void Writes_four_significant_digits(double value, string expected) => Assert.Equal(expected, NumberText.Of(value));

    [Fact]
    public void Gives_the_fractions_of_a_column_the_same_decimals() =>
        Assert.Equal(["0.50", "72.34", ""], NumberText.Column([0.5, 72.34, null]));

    [Fact]
    public void Writes_zero_without_a_sign()
    {
        Assert.Equal("0", NumberText.Of(-0.0));
        Assert.Equal(["0.0", "0.5", "-0.5"], NumberText.Column([-0.0, 0.5, -0.5]));
        Assert.Equal(["0.00", "-0.01", "0.25", ""], NumberText.Alike([-0.004, -0.006, 0.25, double.NaN], most: 2));
        Assert.Equal(["-10", "0"], NumberText.Alike([-10, -0.2], most: 0));
        Assert.Equal("-Infinity", NumberText.Fraction(double.NegativeInfinity));
    }

    [Fact]
    public void Numbers_beside_each_other_have_three_digits_of_the_greatest()
    {
        Assert.Equal(["0.187", "0.004", "0.000"], NumberText.Beside([0.18671, 0.0041234, -0.0001]));
        Assert.Equal(["0.5", "0.3"], NumberText.Beside([0.5, 0.3]));
        Assert.Equal(["12,346", "1"], NumberText.Beside([12345.678, 0.9]));
        Assert.Equal(["0", "0"], NumberText.Beside([0, 0]));
        Assert.Equal(["1.2e-7"], NumberText.Beside([1.2e-7]));
        Assert.Empty(NumberText.Beside([]));
    }

    [Fact]
    public void Keeps_kNN_one_word_in_headings()
    {
        var heading = Table.Of([new { kNN = 0.5, SeenKNN = 1, batchSize = 2, BatchSize2 = 3 }]).ToString().Split('\n')[0];
        Assert.Equal(["kNN", "Seen KNN", "batch size", "Batch size2"], heading.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Refuses_uneven_rows() =>
        Assert.Equal(
            "Row 1 has 1 values; expected 2, one for each heading. (Parameter 'rows')",
            Assert.Throws<ArgumentException>(() => Table.Of(["a", "b"], [[1, 2], [3]])).Message);
}
