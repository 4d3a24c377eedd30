using Contrastive.Runs;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Runs;

public sealed class CheckTests
{
    [Fact]
    public void Ticks_what_agrees_and_says_how_well()
    {
        using var scope = NewDisposeScope();
        var theirs = tensor(new[] { 1.0, -2.0, 1000.0 });
        var mine = tensor(new[] { 1.0, -2.000004, 1000.004 });
        Assert.Equal("✓ equal: largest difference 4e-3 (tolerance 1e-5)", Check.Close(mine, theirs).ToString());
        Assert.Equal("✓ equal: largest difference 0e+0 (tolerance 1e-5)", Check.Close(2.5, 2.5).ToString());
    }

    [Fact]
    public void Throws_both_values_the_place_and_the_hint_when_they_differ()
    {
        using var scope = NewDisposeScope();
        var theirs = tensor(new[] { 1.0, 2.0, 3.0 });
        var mine = tensor(new[] { 1.0, 2.5, 3.1 });
        var failure = Assert.Throws<CheckFailedException>(() => Check.Close(mine, theirs, hint: "divide by the temperature."));
        Assert.Equal(
            "Mine is 2.5, theirs 2 at place 1 of 3: they differ by 0.5, more than 1e-5 allows. Hint: divide by the temperature.", failure.Message);
    }

    [Fact]
    public void Does_not_take_NaN_for_agreement()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<CheckFailedException>(() => Check.Close(double.NaN, double.NaN));
        Assert.Throws<CheckFailedException>(() => Check.Close(double.PositiveInfinity, double.PositiveInfinity));
        Assert.Throws<CheckFailedException>(() => Check.Close(tensor(new[] { 1.0, double.NaN }), tensor(new[] { 1.0, 2.0 })));
    }

    [Fact]
    public void Throws_on_other_shapes_and_on_nothing()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("[2]", Assert.Throws<CheckFailedException>(() => Check.Close(zeros(2), zeros(2, 1))).Message, StringComparison.Ordinal);
        Assert.Throws<CheckFailedException>(() => Check.Close(zeros(0), zeros(0)));
    }

    [Fact]
    public void Proves_a_statement_or_gives_the_hint()
    {
        Assert.Equal("✓ the loss starts at ln N", Check.That(true, "the loss starts at ln N").ToString());
        Assert.Equal(
            "Not so: the loss starts at ln N. Hint: normalize first.",
            Assert.Throws<CheckFailedException>(() => Check.That(false, "the loss starts at ln N", "normalize first.")).Message);
    }
}
