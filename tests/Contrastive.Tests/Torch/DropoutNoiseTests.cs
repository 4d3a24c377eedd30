using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class DropoutNoiseTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 1, 0.1)]
    [InlineData(7, 16, 0.1)]
    [InlineData(300, 20, 0.15)]
    [InlineData(50, 257, 0.5)]
    [InlineData(1000, 64, 1.0 / 3)]
    public void What_is_kept_is_what_torchs_dropout_keeps_and_its_generator_goes_on_as_after_it(int rows, int width, double probability)
    {
        foreach (var drawnBefore in new[] { 0, 1, 2, 311, 312, 1249 })
        {
            manual_seed(5);
            using var _ = randint(0, 1 << 20, [drawnBefore], ScalarType.Int32); // an odd number of 32-bit words among them
            var expected = nn.functional.dropout(ones(rows, width), probability, training: true);
            var next = random.get_rng_state();
            manual_seed(5);
            using var __ = randint(0, 1 << 20, [drawnBefore], ScalarType.Int32);
            var actual = DropoutNoise.Draw([.. Enumerable.Range(0, rows)], rows, width, probability);
            Assert.True(expected.eq(actual / (1 - probability)).all().item<bool>());
            Assert.Equal(next.bytes.ToArray(), random.get_rng_state().bytes.ToArray());
            Assert.True(rand(3).eq(Next(next)).all().item<bool>());
        }
    }

    [Fact]
    public void Rows_that_are_not_wanted_are_drawn_all_the_same()
    {
        manual_seed(6);
        var all = nn.functional.dropout(ones(5, 30), 0.1, training: true);
        manual_seed(6);
        var some = DropoutNoise.Draw([2, -1, 0, -1, 1], 3, 30, 0.1);
        Assert.True(all.index_select(0, tensor(new long[] { 2, 4, 0 })).eq(some / 0.9).all().item<bool>());
    }

    [Fact]
    public void A_state_of_another_generator_is_refused() =>
        Assert.Contains("16 bytes is not the MT19937 state", Assert.Throws<ArgumentException>(() => new MersenneTwister(new byte[16])).Message, StringComparison.Ordinal);

    private static Tensor Next(Tensor state)
    {
        random.set_rng_state(state);
        return rand(3);
    }
}
