using Contrastive.Encoders;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class BatchShuffleTests
{
    [Fact]
    public void Gives_each_input_its_own_embedding_at_its_own_place()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var generator = new Generator(2);
        var encoder = nn.Linear(3, 5);
        var input = randn(16, 3);
        Assert.True(encoder.call(input).allclose(BatchShuffle.Encode(encoder, input, generator), atol: 1e-6));
    }

    [Fact]
    public void Lets_the_encoder_see_another_order_each_time_that_the_generator_decides()
    {
        using var scope = NewDisposeScope();
        var seen = new List<float[]>();
        using var encoder = new Watching(input => seen.Add(input.flatten().data<float>().ToArray()));
        var input = arange(32).to(float32).unsqueeze(1);
        foreach (var seed in new ulong[] { 5, 5, 6 })
        {
            using var generator = new Generator(seed);
            BatchShuffle.Encode(encoder, input, generator);
            BatchShuffle.Encode(encoder, input, generator);
        }

        Assert.All(seen, order => Assert.Equal(Enumerable.Range(0, 32).Select(i => (float)i), order.Order()));
        Assert.Equal([seen[0], seen[1]], seen[2..4]);
        Assert.NotEqual(seen[0], seen[1]);
        Assert.NotEqual(seen[0], seen[4]);
    }

    [Fact]
    public void Normalizes_each_input_by_the_statistics_of_the_part_it_was_shuffled_to()
    {
        using var scope = NewDisposeScope();
        var layer = new SplitBatchNorm(1, 2);
        var input = tensor(new float[] { 1, 2, 4, 8, 16, 32, 64, 128 }).view(8, 1);
        using var same = new Generator(4);
        var order = randperm(8, generator: same).data<long>().ToArray();
        using var generator = new Generator(4);
        var output = BatchShuffle.Encode(layer, input, generator);
        for (var part = 0; part < 2; part++)
        {
            var members = Enumerable.Range(0, 8).Where(place => place % 2 == part).Select(place => order[place]).ToArray();
            var mean = members.Average(member => input[member].item<float>());
            var deviation = Math.Sqrt(members.Average(member => Math.Pow(input[member].item<float>() - mean, 2)) + 1e-5);
            Assert.All(members, member => Assert.Equal((input[member].item<float>() - mean) / deviation, output[member].item<float>(), 1e-4));
        }
    }

    [Fact]
    public void Passes_the_gradient_to_the_input_it_belongs_to()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var input = randn(6, 2).requires_grad_();
        var weights = arange(6).to(float32).unsqueeze(1);
        (BatchShuffle.Encode(nn.Identity(), input, generator) * weights).sum().backward();
        Assert.True(input.grad!.equal(weights.expand(6, 2)).all().item<bool>());
    }

    [Fact]
    public void Leaves_no_tensor_behind_but_its_result()
    {
        using var generator = new Generator(1);
        using var input = randn(6, 2);
        using var scope = NewDisposeScope();
        BatchShuffle.Encode(nn.Identity(), input, generator);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_an_empty_batch_and_an_encoder_that_loses_rows()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Assert.Contains("[0, 2]", Assert.Throws<ArgumentException>(() => BatchShuffle.Encode(nn.Identity(), ones(0, 2), generator)).Message);
        Assert.Contains("[12]", Assert.Throws<ArgumentException>(() => BatchShuffle.Encode(nn.Flatten(0), ones(6, 2), generator)).Message);
    }

    private sealed class Watching(Action<Tensor> watch) : nn.Module<Tensor, Tensor>(nameof(Watching))
    {
        public override Tensor forward(Tensor input)
        {
            watch(input);
            return input.alias();
        }
    }
}
