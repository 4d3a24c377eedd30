using Contrastive.Runs;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Runs;

public sealed class ExerciseTests
{
    private static readonly string[] Hints = ["Count the candidates.", "The twin is one of them."];

    /// <summary>Tries are counted by the question, so each test asks one of its own.</summary>
    private readonly string _question = $"chance {Guid.NewGuid()}";

    [Fact]
    public void An_open_exercise_says_so_and_gives_no_hint_away()
    {
        var mark = Exercise.Check("chance", null, 6.9304948, Hints).ToString();
        Assert.Equal("○ chance: not answered yet. Fill in the cell above and run it again.", mark);
        Assert.Equal(mark, Exercise.Check("chance", null, Hints).ToString());
    }

    [Theory]
    [InlineData(6.9304948, '✓')]
    [InlineData(6.9304948 + 6.9e-5, '✓')]
    [InlineData(6.9304948 - 6.9e-5, '✓')]
    [InlineData(6.9304948 + 7.0e-5, '✗')]
    [InlineData(6.9304948 - 7.0e-5, '✗')]
    [InlineData(double.NaN, '✗')]
    [InlineData(double.PositiveInfinity, '✗')]
    public void A_number_is_right_within_the_relative_tolerance_only(double answer, char symbol) =>
        Assert.Equal(symbol, Exercise.Check(_question, answer, 6.9304948, Hints).ToString()[0]);

    [Theory]
    [InlineData(0.04742, '✓')]
    [InlineData(0.04741, '✗')]
    public void Below_one_the_tolerance_is_absolute(double answer, char symbol) =>
        Assert.Equal(symbol, Exercise.Check(_question, answer, 0.0474259, Hints).ToString()[0]);

    [Fact]
    public void The_logarithm_of_one_candidate_more_or_less_is_refused()
    {
        Assert.StartsWith("✓", Exercise.Check(_question, Math.Log(1023), 6.9304948, Hints).ToString(), StringComparison.Ordinal);
        foreach (var candidates in (int[])[1022, 1024])
            Assert.StartsWith("✗", Exercise.Check(_question, Math.Log(candidates), 6.9304948, Hints).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_new_wrong_number_gets_the_next_hint_and_the_last_one_stays()
    {
        Assert.Equal($"✗ {_question}: 5.5 is not it. Hint 1 of 2: Count the candidates.", Wrong(5.5));
        Assert.Equal($"✗ {_question}: 5.5 is not it. Hint 1 of 2: Count the candidates.", Wrong(5.5));
        Assert.Equal($"✗ {_question}: 5.6 is not it. Hint 2 of 2: The twin is one of them.", Wrong(5.6));
        Assert.Equal($"✗ {_question}: NaN is not it. Hint 2 of 2: The twin is one of them.", Wrong(double.NaN));

        string Wrong(double answer) => Exercise.Check(_question, answer, 6.9304948, Hints).ToString();
    }

    [Fact]
    public void Each_wrong_try_of_a_function_gets_the_next_hint()
    {
        Assert.Equal($"✗ {_question}: not yet. Hint 1 of 2: Count the candidates.", Exercise.Check(_question, false, Hints).ToString());
        Assert.Equal($"✗ {_question}: not yet. Hint 2 of 2: The twin is one of them.", Exercise.Check(_question, false, Hints).ToString());
        Assert.Equal($"✗ {_question}: not yet. Hint 2 of 2: The twin is one of them.", Exercise.Check(_question, false, Hints).ToString());
        Assert.Equal($"✓ {_question}: right.", Exercise.Check(_question, true, Hints).ToString());
    }

    [Fact]
    public void A_single_hint_has_no_number() =>
        Assert.EndsWith("not yet. Hint: Normalize first.", Exercise.Check(_question, false, ["Normalize first."]).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_known_mistake_is_told_what_led_to_it_and_uses_up_no_hint()
    {
        (double, string)[] mistakes = [(6.9314718, "The anchor is no candidate."), (6.9295168, "The twin is a candidate.")];
        Assert.Equal($"✗ {_question}: 6.931472 is not it. The anchor is no candidate.", Answer(Math.Log(1024)));
        Assert.Equal($"✗ {_question}: 6.929517 is not it. The twin is a candidate.", Answer(Math.Log(1022)));
        Assert.Equal($"✗ {_question}: 1 is not it. Hint 1 of 2: Count the candidates.", Answer(1));

        string Answer(double answer) => Exercise.Check(_question, answer, 6.9304948, Hints, mistakes: mistakes).ToString();
    }

    [Theory]
    [InlineData(6.93)]
    [InlineData(6.9)]
    public void A_rounded_answer_is_asked_for_more_digits(double answer) =>
        Assert.Contains("too few digits to tell", Exercise.Check(_question, answer, 6.9304948, Hints).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_check_that_cannot_work_is_refused()
    {
        BadInput.Refused("expected at least one hint", () => Exercise.Check("chance", 1, 2, Array.Empty<string>()));
        BadInput.Refused("expected at least one hint", () => Exercise.Check("chance", true, Array.Empty<string>()));
        BadInput.Refused("expected is NaN", () => Exercise.Check("chance", 1, double.NaN, Hints));
        BadInput.Refused("tolerance is -1", () => Exercise.Check("chance", 1, 2, Hints, tolerance: -1));
        BadInput.Refused("The mistake 2.00001 lies within the tolerance of the expected 2", () => Exercise.Check("chance", null, 2, Hints, mistakes: [(2.00001, "")]));
    }
}
