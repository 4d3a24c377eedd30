using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public class GradCacheTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100)]
    public void Gives_the_loss_and_gradient_of_one_pass(int chunk)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var network = nn.Sequential(nn.Linear(5, 16, dtype: float64), nn.Tanh(), nn.LayerNorm(16, dtype: float64), nn.Linear(16, 4, dtype: float64));
        var (view1, view2) = (randn(10, 5, dtype: float64), randn(10, 5, dtype: float64));
        var loss = new NtXentLoss(0.2);

        var whole = loss.Compute(network.call(view1), network.call(view2));
        whole.backward();
        var expected = TakeGradients(network);
        var value = new GradCache(chunk).Backward(z => loss.Compute(z[0], z[1]), EncoderPass.Of(network, view1), EncoderPass.Of(network, view2));

        Assert.Equal(whole.item<double>(), value, 12);
        foreach (var (mine, its) in expected.Zip(TakeGradients(network)))
            Assert.True(mine.allclose(its, rtol: 1e-10, atol: 1e-13));
    }

    [Fact]
    public void Serves_two_encoders_and_a_learnable_temperature()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (questions, passages) = (nn.Linear(5, 4, dtype: float64), nn.Linear(3, 4, dtype: float64));
        var scale = nn.Parameter(tensor(1.5));
        var (left, right) = (randn(7, 5, dtype: float64), randn(9, 3, dtype: float64));
        Tensor Loss(Tensor first, Tensor second) => nn.functional.cross_entropy(first.mm(second.t()) * scale, arange(7));

        Loss(questions.call(left), passages.call(right)).backward();
        var expected = TakeGradients(questions).Concat(TakeGradients(passages)).Append(scale.grad!.clone()).ToArray();
        scale.grad = null;
        new GradCache(2).Backward(z => Loss(z[0], z[1]), EncoderPass.Of(questions, left), EncoderPass.Of(passages, right));

        foreach (var (mine, its) in expected.Zip(TakeGradients(questions).Concat(TakeGradients(passages)).Append(scale.grad!)))
            Assert.True(mine.allclose(its, rtol: 1e-10));
    }

    [Fact]
    public void Replays_dropout_and_the_augmentation_generator()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(9);
        manual_seed(2);
        var network = nn.Sequential(nn.Linear(5, 8, dtype: float64), nn.Dropout(0.5), nn.Linear(8, 4, dtype: float64));
        var rows = randn(8, 5, dtype: float64);
        var loss = new NtXentLoss(0.5);
        EncoderPass Pass() => new((start, count) => network.call(rows.narrow(0, start, count) + randn([count, 5], float64, generator: generator)), 8);

        var (before, augmentationBefore) = (get_rng_state(), generator.get_state());
        Tensor Whole() => cat([.. Enumerable.Range(0, 4).Select(chunk => Pass().Encode(2 * chunk, 2))]);
        var expectedValue = loss.Compute(Whole(), Whole());
        expectedValue.backward();
        var expected = TakeGradients(network);
        var (after, augmentationAfter) = (get_rng_state(), generator.get_state());

        set_rng_state(before);
        generator.set_state(augmentationBefore);
        var value = new GradCache(2, generator).Backward(z => loss.Compute(z[0], z[1]), Pass(), Pass());

        Assert.Equal(expectedValue.item<double>(), value, 12);
        foreach (var (mine, its) in expected.Zip(TakeGradients(network)))
            Assert.True(mine.allclose(its, rtol: 1e-10, atol: 1e-13));
        Assert.True(after.equal(get_rng_state()).all().item<bool>());
        Assert.True(augmentationAfter.equal(generator.get_state()).all().item<bool>());
    }

    [Fact]
    public void Adds_to_gradients_that_are_there()
    {
        using var scope = NewDisposeScope();
        var network = nn.Linear(2, 2);
        var rows = rand(4, 2);
        var cache = new GradCache(2);
        void Pass() => cache.Backward(z => z[0].pow(2).sum(), EncoderPass.Of(network, rows));
        Pass();
        var once = network.weight!.grad!.clone();
        Pass();
        Assert.True(network.weight!.grad!.allclose(2 * once));
    }

    [Fact]
    public void Holds_the_graph_of_one_chunk_only()
    {
        using var scope = NewDisposeScope();
        var network = nn.Linear(2, 2);
        var rows = rand(64, 2);
        var count = scope.DisposablesCount;
        var longest = 0L;
        var pass = new EncoderPass((start, size) => { longest = Math.Max(longest, size); return network.call(rows.narrow(0, start, size)); }, 64);
        new GradCache(8).Backward(z => z[0].sum(), pass);
        Assert.Equal(8, longest);
        Assert.Equal(count, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_nothing_to_encode_and_encoders_that_lose_rows()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradCache(0));
        Assert.Throws<ArgumentException>(() => new GradCache(2).Backward(z => z[0].sum()));
        Assert.Throws<ArgumentException>(() => new GradCache(2).Backward(z => z[0].sum(), new EncoderPass((_, _) => ones(1, 2), 0)));
        Assert.Contains("[1, 2]", Assert.Throws<ArgumentException>(
            () => new GradCache(2).Backward(z => z[0].sum(), new EncoderPass((_, _) => ones(1, 2), 4))).Message);
    }

    private static Tensor[] TakeGradients(nn.Module network)
    {
        var gradients = network.parameters().Select(parameter => parameter.grad!.clone()).ToArray();
        foreach (var parameter in network.parameters())
            parameter.grad = null;
        return gradients;
    }
}
