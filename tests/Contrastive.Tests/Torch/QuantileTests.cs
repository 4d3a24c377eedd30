using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

public sealed class QuantileTests
{
    [Theory]
    [InlineData(0, -4)]
    [InlineData(0.05, -3.4)]
    [InlineData(0.25, -1)]
    [InlineData(0.5, 2)]
    [InlineData(0.9, 8.6)]
    [InlineData(1, 11)]
    public void Lies_between_two_numbers_in_proportion(double share, double expected) =>
        Assert.Equal(expected, Quantile.Of([-4, -1, 2, 5, 11], share), 1e-12); // numpy.quantile([-4, -1, 2, 5, 11], share)

    [Fact]
    public void Of_a_single_number_is_that_number() => Assert.All([0, 0.3, 1], share => Assert.Equal(7, Quantile.Of([7], share)));
}
