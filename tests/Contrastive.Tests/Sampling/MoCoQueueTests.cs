using Contrastive.Sampling;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public class MoCoQueueTests
{
    [Theory]
    [InlineData(12, 4)]
    [InlineData(10, 4)]
    [InlineData(7, 3)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    public void Holds_the_last_keys_first_in_first_out_whether_or_not_the_batch_divides_the_length(int length, int batch)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var queue = new MoCoQueue(length, 3, generator);
        var places = new (float[]? Key, int Batch)[length];
        var position = 0;
        for (var round = 0; round < 6; round++)
        {
            var keys = randn([batch, 3], generator: generator);
            queue.Enqueue(keys);
            for (var row = 0; row < batch; row++)
            {
                places[position] = ((keys[row] / keys[row].norm()).data<float>().ToArray(), round);
                position = (position + 1) % length;
            }

            var (stored, ages) = (queue.Keys, queue.Ages.data<long>().ToArray());
            Assert.Equal(position, queue.Position);
            Assert.Equal(places.Count(place => place.Key is not null), queue.Filled);
            for (var place = 0; place < length; place++)
            {
                Assert.Equal(places[place].Key is null ? -1 : round - places[place].Batch, ages[place]);
                if (places[place].Key is { } key)
                    Assert.True(stored[place].allclose(tensor(key), atol: 1e-6));
            }
        }
    }

    [Fact]
    public void Starts_with_random_directions_from_its_generator()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (new MoCoQueue(50, 8, new Generator(4)), new MoCoQueue(50, 8, new Generator(4)));
        Assert.True(first.Keys.norm(dim: 1).allclose(ones(50), atol: 1e-6));
        Assert.True(first.Keys.equal(second.Keys).all().item<bool>());
        Assert.Equal(0, first.Filled);
        Assert.True((first.Ages == -1).all().item<bool>());
    }

    [Fact]
    public void Brings_keys_to_length_one_and_cuts_their_gradient()
    {
        using var scope = NewDisposeScope();
        var queue = new MoCoQueue(4, 2, new Generator(1));
        var keys = tensor(new float[,] { { 3, 4 }, { 0, -2 } }).requires_grad_();
        queue.Enqueue(keys);
        Assert.True(queue.Keys[..2].allclose(tensor(new float[,] { { 0.6f, 0.8f }, { 0, -1 } })));
        Assert.False(queue.Keys.requires_grad);
    }

    [Fact]
    public void Refuses_to_change_under_a_loss_that_has_not_gone_backward()
    {
        using var scope = NewDisposeScope();
        var queue = new MoCoQueue(4, 2, new Generator(1));
        var queries = ones(2, 2).requires_grad_();
        var loss = queries.mm(queue.Keys.t()).sum();
        queue.Enqueue(ones(2, 2));
        Assert.Contains("inplace", Assert.ThrowsAny<Exception>(() => loss.backward()).Message);
    }

    [Fact]
    public void Continues_from_its_state()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var queue = new MoCoQueue(7, 3, generator);
        queue.Enqueue(randn([5, 3], generator: generator));
        var other = new MoCoQueue(7, 3, generator);
        other.load_state_dict(queue.state_dict());
        var keys = randn([4, 3], generator: generator);
        queue.Enqueue(keys);
        other.Enqueue(keys);
        Assert.True(queue.Keys.equal(other.Keys).all().item<bool>());
        Assert.True(queue.Ages.equal(other.Ages).all().item<bool>());
        Assert.Equal(2, other.Position);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var queue = new MoCoQueue(4, 2, new Generator(1));
        using var keys = ones(3, 2);
        using var scope = NewDisposeScope();
        queue.Enqueue(keys);
        Assert.Equal(3, queue.Filled);
        Assert.Equal(3, queue.Position);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_keys_that_do_not_fit_or_have_no_direction()
    {
        using var scope = NewDisposeScope();
        var queue = new MoCoQueue(4, 2, new Generator(1));
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => queue.Enqueue(ones(2, 3))).Message);
        Assert.Contains("[5, 2]", Assert.Throws<ArgumentException>(() => queue.Enqueue(ones(5, 2))).Message);
        Assert.Contains("direction", Assert.Throws<ArgumentException>(() => queue.Enqueue(zeros(1, 2))).Message);
        Assert.Contains("direction", Assert.Throws<ArgumentException>(() => queue.Enqueue(full([1, 2], float.NaN))).Message);
        Assert.Equal(0, queue.Position);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MoCoQueue(0, 2, new Generator(1)));
    }
}
