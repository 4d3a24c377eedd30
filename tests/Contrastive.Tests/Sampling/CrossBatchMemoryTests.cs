using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public class CrossBatchMemoryTests
{
    [Theory]
    [InlineData(12, 4)]
    [InlineData(10, 4)]
    [InlineData(7, 3)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    public void Holds_the_last_rows_with_their_labels_whether_or_not_the_batch_divides_the_length(int length, int batch)
    {
        using var scope = NewDisposeScope();
        var memory = new CrossBatchMemory(length, 3);
        List<(float[] Row, long Label)> all = [];
        for (var round = 0; round < 6; round++)
        {
            var (rows, labels) = (randn(batch, 3), randint(9, [batch], int64));
            memory.Enqueue(rows, labels);
            all.AddRange(rows.data<float>().ToArray().Chunk(3).Zip(labels.data<long>().ToArray()));
            var expected = all.TakeLast(length).Select(entry => string.Join(" ", entry.Row) + $": {entry.Label}").Order();
            var kept = memory.Embeddings.data<float>().ToArray().Chunk(3).Zip(memory.Labels.data<long>().ToArray(), (row, label) => string.Join(" ", row) + $": {label}");
            Assert.Equal(Math.Min(all.Count, length), memory.Filled);
            Assert.Equal(expected, kept.Order());
        }
    }

    [Fact]
    public void Starts_empty_and_then_costs_nothing()
    {
        using var scope = NewDisposeScope();
        var memory = new CrossBatchMemory(10, 3);
        Assert.Equal(0, memory.Filled);
        Assert.Equal([0, 3], memory.Embeddings.shape);
        Assert.Equal([0], memory.Labels.shape);
        var z = randn(4, 3).requires_grad_();
        var loss = new SupervisedContrastiveLoss().Compute(z, arange(4), memory.Embeddings, memory.Labels);
        loss.backward();
        Assert.Equal(0, loss.item<float>());
        Assert.Equal(0, z.grad!.abs().max().item<float>());
    }

    [Fact]
    public void Cuts_the_gradient_and_refuses_to_change_under_a_loss_that_has_not_gone_backward()
    {
        using var scope = NewDisposeScope();
        var memory = new CrossBatchMemory(4, 2);
        var z = ones(2, 2).requires_grad_();
        memory.Enqueue(z, arange(2));
        Assert.False(memory.Embeddings.requires_grad);
        var loss = z.mm(memory.Embeddings.t()).sum();
        memory.Enqueue(z, arange(2));
        Assert.Contains("inplace", Assert.ThrowsAny<Exception>(() => loss.backward()).Message);
    }

    [Fact]
    public void Continues_from_its_state()
    {
        using var scope = NewDisposeScope();
        var (memory, other) = (new CrossBatchMemory(7, 3), new CrossBatchMemory(7, 3));
        Assert.Equal(["embeddings", "labels", "enqueued"], memory.state_dict().Keys);
        memory.Enqueue(randn(5, 3), arange(5));
        other.load_state_dict(memory.state_dict());
        var rows = randn(4, 3);
        foreach (var each in new[] { memory, other })
            each.Enqueue(rows, arange(5, 9));
        Assert.Equal(7, other.Filled);
        Assert.True(memory.Embeddings.equal(other.Embeddings).all().item<bool>());
        Assert.Equal([7, 8, 2, 3, 4, 5, 6], other.Labels.data<long>().ToArray());
    }

    /// <summary>The step of the doc comment: the batch and the memory together, then the batch goes into it.</summary>
    [Fact]
    public void Trains_with_a_labeled_loss()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var encoder = nn.Linear(6, 4, hasBias: false);
        using (no_grad())
            encoder.weight.copy_(0.4 * randn([4, 6], generator: generator)); // not from the default generator, which other tests draw from
        using var optimizer = optim.Adam(encoder.parameters(), lr: 1e-2);
        var (memory, loss) = (new CrossBatchMemory(24, 4), new TripletLoss(mining: TripletMining.Hard));
        List<float> ofMemory = [];
        for (var step = 0; step < 60; step++)
        {
            using var inner = NewDisposeScope();
            var labels = arange(8) % 3;
            var z = encoder.call(randn([8, 6], generator: generator) + nn.functional.one_hot(labels, 6));
            var fromMemory = loss.Compute(z, labels, memory.Embeddings, memory.Labels);
            var value = loss.Compute(z, labels) + (0.5 * fromMemory);
            optimizer.zero_grad();
            value.backward();
            optimizer.step();
            memory.Enqueue(z, labels);
            ofMemory.Add(fromMemory.item<float>());
        }

        Assert.Equal(0, ofMemory[0]);
        Assert.True(ofMemory.TakeLast(10).Average() < 0.8 * ofMemory.Skip(3).Take(10).Average(), string.Join(" ", ofMemory));
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var memory = new CrossBatchMemory(4, 2);
        using var rows = ones(3, 2);
        using var labels = arange(3);
        using var scope = NewDisposeScope();
        memory.Enqueue(rows, labels);
        Assert.Equal(3, memory.Filled);
        Assert.Equal(0, scope.DisposablesCount);
        _ = memory.Embeddings;
        _ = memory.Labels;
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        var memory = new CrossBatchMemory(4, 2);
        BadInput.Refused("[2, 3]", () => memory.Enqueue(ones(2, 3), arange(2)));
        BadInput.Refused("expected no more rows than the memory is long, 4", () => memory.Enqueue(ones(5, 2), arange(5)));
        BadInput.Refused("embeddings is Float64 on cpu, the memory Float32", () => memory.Enqueue(ones(2, 2, dtype: float64), arange(2)));
        BadInput.Refused("NaN", () => memory.Enqueue(full([1, 2], float.NaN), arange(1)));
        BadInput.Refused("labels is Int64 [3]; expected integers [2]", () => memory.Enqueue(ones(2, 2), arange(3)));
        BadInput.Refused("integers [2]", () => memory.Enqueue(ones(2, 2), ones(2)));
        Assert.Equal(0, memory.Filled);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossBatchMemory(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossBatchMemory(2, 0));
    }
}
