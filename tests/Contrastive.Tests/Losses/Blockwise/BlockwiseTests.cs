using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>The blockwise path against the plain one: same value and gradient.</summary>
public class BlockwiseTests
{
    // Temperatures on both sides of where the running maximum takes effect; 150 rows make ragged last tiles.
    private static readonly double[] Temperatures = [0.5, 0.05, 0.001];

    [Theory]
    [InlineData(2, 3)]
    [InlineData(64, 8)]
    [InlineData(150, 5)]
    public void Losses_have_the_same_value_and_gradient(int count, int width)
    {
        var queue = Rows(count * 3, width, 3);
        foreach (var temperature in Temperatures)
        {
            Compare(blockwise => new NtXentLoss(temperature, blockwise: blockwise).Compute, count, width);
            Compare(blockwise => new InfoNceLoss(temperature, blockwise: blockwise).Compute, count, width);
            Compare(blockwise => (a, b) => new InfoNceLoss(temperature, blockwise: blockwise).Compute(a, b, queue), count, width);
            Compare(blockwise => new MultipleNegativesRankingLoss(temperature, hardNegativeWeight: 0.3, blockwise: blockwise).Compute, count, width);
            Compare(blockwise => (a, b) => new MultipleNegativesRankingLoss(temperature, blockwise: blockwise).Compute(a, b, queue.view(count, 3, width)), count, width);
            Compare(blockwise => new ClipLoss(Scale(temperature), blockwise: blockwise).Compute, count, width);
            Compare(blockwise => new SigLipLoss(Scale(temperature), new LogitBias(-3), blockwise: blockwise).Compute, count, width);
        }
    }

    [Theory]
    [InlineData(64, 8)]
    [InlineData(150, 5)]
    public void Negatives_that_are_left_out_or_weighed_give_the_same_value_and_gradient(int count, int width)
    {
        using var scope = NewDisposeScope();
        Negatives Of(int rows, int columns, Tensor? others = null) => new()
        {
            Exclude = (Rows(rows, columns, 11) > 0.5).logical_or((arange(rows) == 3).unsqueeze(1)), // an anchor without a negative among them
            LogWeights = Rows(rows, columns, 12) * 2,
            Ids = others is null ? arange(count) % (count / 3) : null,
            Guide = new Guide(Rows(count, 4, 13), Rows(count, 4, 14), others) { Margin = 0.1 },
        };
        var (queue, ofQueue) = (Rows(count * 3, width, 3), Rows(count * 3, 4, 15));
        foreach (var temperature in Temperatures)
        {
            Compare(blockwise => (a, b) => new NtXentLoss(temperature, blockwise: blockwise).Compute(a, b, Of(2 * count, 2 * count)), count, width);
            Compare(blockwise => (a, b) => new NtXentLoss(temperature, blockwise: blockwise).Compute(a, b, new Negatives { Ids = arange(count) % (count / 3) }), count, width);
            Compare(blockwise => (a, b) => new InfoNceLoss(temperature, blockwise: blockwise).Compute(a, b, Of(count, count)), count, width);
            Compare(blockwise => (a, b) => new InfoNceLoss(temperature, blockwise: blockwise).Compute(a, b, queue, Of(count, count * 3, ofQueue)), count, width);
            Compare(blockwise => (a, b) => new MultipleNegativesRankingLoss(temperature, 0.3, blockwise: blockwise).Compute(a, b, queue.view(count, 3, width), Of(count, count * 4, ofQueue.view(count, 3, 4))), count, width);
            Compare(blockwise => (a, b) => new ClipLoss(Scale(temperature), blockwise: blockwise).Compute(a, b, Of(count, count)), count, width);
            Compare(blockwise => (a, b) => new ClipLoss(Scale(temperature), blockwise: blockwise).Compute(a, b, Of(count, count) with { Guide = null }), count, width);
            Compare(blockwise => (a, b) => new SigLipLoss(Scale(temperature), new LogitBias(-3), blockwise: blockwise).Compute(a, b, Of(count, count)), count, width);
        }
    }

    [Fact]
    public void Raw_dot_products_have_the_same_value_and_gradient() =>
        Compare(blockwise => (a, b) => new MultipleNegativesRankingLoss(1, normalize: false, blockwise: blockwise).Compute(a * 30, b), 150, 16);

    [Fact]
    public void Gradient_reaches_the_queue()
    {
        using var scope = NewDisposeScope();
        var gradients = new[] { false, true }.Select(blockwise =>
        {
            var queue = Rows(300, 8, 3).requires_grad_();
            new InfoNceLoss(0.1, blockwise: blockwise).Compute(Rows(70, 8, 1), Rows(70, 8, 2), queue).backward();
            return queue.grad!;
        }).ToArray();
        AssertClose(gradients[0], gradients[1]);
    }

    [Fact]
    public void Value_is_the_same_without_a_gradient()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (view1, view2) = (Rows(70, 8, 1), Rows(70, 8, 2));
        var loss = new NtXentLoss(blockwise: true).Compute(view1, view2);
        Assert.False(loss.requires_grad);
        Assert.Equal(new NtXentLoss(blockwise: false).Compute(view1, view2).item<double>(), loss.item<double>(), 12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.02)]
    [InlineData(0.005)]
    public void Float32_agrees_with_float64_at_low_temperatures(double temperature)
    {
        using var scope = NewDisposeScope();
        var opposed = cat([ones(1, 8, dtype: float64), -ones(149, 8, dtype: float64) + (0.01 * Rows(149, 8, 5))], dim: 0); // row 0 is far from all
        var exact = Leaf(opposed);
        var single = Leaf(opposed.to(float32));
        var expected = new NtXentLoss(temperature, blockwise: false).Compute(exact, Rows(150, 8, 2));
        var actual = new NtXentLoss(temperature, blockwise: true).Compute(single, Rows(150, 8, 2).to(float32));
        expected.backward();
        actual.backward();
        Assert.Equal(expected.item<double>(), actual.item<float>(), 1e-5 * Math.Max(1, expected.item<double>()));
        Assert.True((exact.grad! - single.grad!.to(float64)).abs().max().item<double>() < 1e-4 * exact.grad!.abs().max().item<double>());
    }

    [Theory]
    [InlineData(70)]
    [InlineData(150)]
    public void Float32_rows_and_columns_agree_with_float64(int count)
    {
        using var scope = NewDisposeScope();
        var negatives = new Negatives { Exclude = Rows(count, count, 11) > 0.5, Ids = arange(count) % (count / 3) };
        Func<Tensor, Tensor, Tensor>[] losses =
        [
            new InfoNceLoss(0.1, blockwise: true).Compute,
            new ClipLoss(blockwise: true).Compute,
            new NtXentLoss(blockwise: true).Compute,
            (a, b) => new ClipLoss(blockwise: true).Compute(a, b, negatives with { LogWeights = Rows(count, count, 12).to(a.dtype) }),
        ];
        foreach (var loss in losses)
        {
            var exact = new[] { 1, 2 }.Select(seed => Leaf(Rows(count, 8, seed))).ToArray();
            var single = exact.Select(view => Leaf(view.to(float32))).ToArray();
            loss(exact[0], exact[1]).backward();
            loss(single[0], single[1]).backward();
            foreach (var (expected, actual) in exact.Zip(single))
                Assert.InRange((expected.grad! - actual.grad!.to(float64)).abs().max().item<double>(), 0, 2e-6 * expected.grad!.abs().max().item<double>());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Result_does_not_depend_on_the_number_of_threads_to_the_last_bit(int threads)
    {
        using var scope = NewDisposeScope();
        var before = get_num_threads();
        float[][] Gradient()
        {
            var views = new[] { 1, 2 }.Select(seed => Leaf(Rows(400, 8, seed).to(float32))).ToArray();
            new NtXentLoss(0.1, blockwise: true).Compute(views[0], views[1]).backward();
            return [.. views.Select(view => view.grad!.data<float>().ToArray())];
        }

        try
        {
            set_num_threads(2);
            var expected = Gradient();
            set_num_threads(threads);
            Assert.Equal(expected, Gradient());
            Assert.Equal(threads, get_num_threads());
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Is_chosen_where_the_matrix_is_large()
    {
        using var scope = NewDisposeScope();
        var (view1, view2) = (Rows(600, 4, 1).requires_grad_(), Rows(600, 4, 2));
        Assert.Equal(
            new NtXentLoss(blockwise: true).Compute(view1, view2).item<double>(),
            new NtXentLoss().Compute(view1, view2).item<double>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Schedule_visits_each_tile_once_and_no_block_twice_in_a_round(int blocks)
    {
        var rounds = TileSchedule.UpperTriangle(blocks);
        Assert.Equal(
            from i in Enumerable.Range(0, blocks) from j in Enumerable.Range(i, blocks - i) select (i, j),
            rounds.SelectMany(round => round).Order());
        Assert.All(rounds.Skip(1), round => Assert.Distinct(round.SelectMany(tile => new[] { tile.Row, tile.Column })));
        foreach (var columns in new[] { 1, 3, 8 })
        {
            var rectangle = TileSchedule.Rectangle(blocks, columns);
            Assert.Equal(
                from i in Enumerable.Range(0, blocks) from j in Enumerable.Range(0, columns) select (i, j),
                rectangle.SelectMany(round => round).Order());
            Assert.All(rectangle, round => Assert.Distinct(round.Select(tile => tile.Row)));
            Assert.All(rectangle, round => Assert.Distinct(round.Select(tile => tile.Column)));
        }
    }

    [Fact]
    public void An_error_in_a_worker_reaches_the_caller()
    {
        var rounds = TileSchedule.Rectangle(4, 4);
        Assert.Equal("here", Assert.Throws<InvalidOperationException>(() =>
            TileSchedule.Run(rounds, 2, () => 0, (_, i, j) =>
            {
                if ((i, j) == (1, 2))
                    throw new InvalidOperationException("here");
            })).Message);
    }

    private static LogitScale Scale(double temperature) => (LogitScale)new LogitScale(1 / temperature, largest: 1e4).to(float64);

    private static Tensor Rows(int count, int width, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn([count, width], dtype: float64, generator: generator);
    }

    private static Tensor Leaf(Tensor values) => values.detach().clone().requires_grad_();

    private static void Compare(Func<bool, Func<Tensor, Tensor, Tensor>> loss, int count, int width)
    {
        using var scope = NewDisposeScope();
        var results = new[] { false, true }.Select(blockwise =>
        {
            var (view1, view2) = (Leaf(Rows(count, width, 1)), Leaf(Rows(count, width, 2)));
            var value = loss(blockwise)(view1, view2);
            (value * 1.7).backward();
            return (Value: value, First: view1.grad!, Second: view2.grad!);
        }).ToArray();
        AssertClose(results[0].Value, results[1].Value);
        AssertClose(results[0].First, results[1].First);
        AssertClose(results[0].Second, results[1].Second);
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var scale = Math.Max(1, expected.abs().max().item<double>());
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-10 * scale);
    }
}
