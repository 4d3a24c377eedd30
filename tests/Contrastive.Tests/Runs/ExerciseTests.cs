using Contrastive.Runs;
using Xunit;

namespace Contrastive.Tests.Runs;

public sealed class ExerciseTests
{
    [Fact]
    public void An_open_exercise_says_so_and_gives_no_hint_away()
    {
        var mark = Exercise.Check("chance", null, 6.93, "Count the candidates.").ToString();
        Assert.Equal("○ chance: not answered yet. Fill in the cell above and run it again.", mark);
    }

    [Theory]
    [InlineData(6.93, '✓')]
    [InlineData(6.9369, '✓')]
    [InlineData(6.9371, '✗')]
    [InlineData(double.NaN, '✗')]
    public void A_number_is_right_within_the_relative_tolerance_only(double answer, char symbol) =>
        Assert.Equal(symbol, Exercise.Check("chance", answer, 6.93, "Count the candidates.").ToString()[0]);

    [Fact]
    public void A_wrong_answer_is_named_with_the_hint() =>
        Assert.Equal("✗ chance: 5.5 is not it. Hint: Count the candidates.", Exercise.Check("chance", 5.5, 6.93, "Count the candidates.").ToString());

    [Theory]
    [InlineData(true, "✓ alignment: right.")]
    [InlineData(false, "✗ alignment: not yet. Hint: Normalize first.")]
    public void A_statement_is_right_or_wrong(bool holds, string expected) =>
        Assert.Equal(expected, Exercise.Check("alignment", holds, "Normalize first.").ToString());
}
