using Contrastive.Cli;
using Contrastive.Cli.Seeds;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class SeedListTests
{
    [Theory]
    [InlineData("1..3", "1 2 3")]
    [InlineData("1,2,5", "1 2 5")]
    [InlineData("7", "7")]
    [InlineData("4..4", "4")]
    [InlineData(" 9, -1..1 ", "9 -1 0 1")]
    [InlineData("9223372036854775806..9223372036854775807", "9223372036854775806 9223372036854775807")]
    public void Seeds_are_ranges_and_numbers(string text, string expected) => Assert.Equal(expected, string.Join(' ', SeedList.Parse(text)));

    [Theory]
    [InlineData("", "'' is not a whole number; expected seeds such as 1..3 or 1,2,5.")]
    [InlineData("1,,2", "'' is not a whole number")]
    [InlineData("1..", "'' is not a whole number")]
    [InlineData("1.5", "'1.5' is not a whole number")]
    [InlineData("3..1", "'3..1' is not a range")]
    [InlineData("1..2..3", "'1..2..3' is not a range")]
    [InlineData("1..3,2", "has seed 2 twice")]
    [InlineData("1..101", "more than 100 seeds")]
    [InlineData("1..60,101..141", "more than 100 seeds")]
    [InlineData("-9223372036854775808..9223372036854775807", "more than 100 seeds")]
    public void Anything_else_is_refused_by_name(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => SeedList.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_hundred_seeds_are_allowed() => Assert.Equal(100, SeedList.Parse("1..100").Count);

    [Fact]
    public void The_deviation_is_that_of_a_sample() => Assert.Equal(Math.Sqrt(2.5), Sample.Deviation([1, 2, 3, 4, 5]), 12);
}
