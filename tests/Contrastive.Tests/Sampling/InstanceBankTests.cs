using Contrastive.Sampling;
using Contrastive.Tests.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class InstanceBankTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void An_update_moves_the_batch_s_entries_and_no_others(double momentum)
    {
        using var scope = NewDisposeScope();
        using var bank = new InstanceBank(6, 3, seed: 1, momentum);
        var before = Numbers.Rows(bank.Embeddings);
        var embeddings = Numbers.Normal(2, 3, 2);
        bank.Update(tensor(new long[] { 4, 1 }), Numbers.Matrix(embeddings, float32));
        var after = Numbers.Rows(bank.Embeddings);
        for (var i = 0; i < 6; i++)
        {
            var row = i switch { 4 => 0, 1 => 1, _ => -1 };
            var expected = row < 0
                ? before[i]
                : Loops.Unit([.. before[i].Zip(Loops.Unit(embeddings[row]), (old, fresh) => (momentum * old) + ((1 - momentum) * fresh))]);
            Assert.Equal(expected, after[i], (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.Equal(1, Loops.Dot(after[i], after[i]), 1e-5);
        }
    }

    [Fact]
    public void Negatives_are_drawn_evenly_from_all_other_items()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        using var bank = new InstanceBank(5, 2, seed: 1);
        var drawn = bank.Negatives(tensor(new long[] { 3, 0 }), 8000, generator);
        Assert.Equal([2, 8000, 2], drawn.shape);
        foreach (var (row, own) in new[] { (0, 3), (1, 0) })
        {
            var counts = Enumerable.Range(0, 5).Select(i => (double)(drawn[row] == bank.Embeddings[i]).all(1).sum().item<long>()).ToArray();
            Assert.Equal(0, counts[own]);
            Assert.InRange(Drawn.ChiSquare(counts.Where((_, i) => i != own), Enumerable.Repeat(2000.0, 4)), 0.02, 3.8);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_start_and_nothing_is_left_behind()
    {
        using var first = new InstanceBank(6, 3, seed: 1);
        using var second = new InstanceBank(6, 3, seed: 1);
        Assert.Equal(first.Embeddings.data<float>().ToArray(), second.Embeddings.data<float>().ToArray());
        using var indices = tensor(new long[] { 2 });
        using var embeddings = ones(1, 3).requires_grad_();
        using var scope = NewDisposeScope();
        first.Update(indices, embeddings);
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(first.Embeddings.requires_grad);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        using var bank = new InstanceBank(6, 3, seed: 1);
        BadInput.Refused("occurs twice", () => bank.Update(tensor(new long[] { 2, 2 }), ones(2, 3)));
        BadInput.Refused("expected float [1, 3]", () => bank.Update(tensor(new long[] { 2 }), ones(1, 4)));
        BadInput.Refused("use 0 to 5", () => bank.Update(tensor(new long[] { 6 }), ones(1, 3)));
        BadInput.Refused("[0, 1)", () => _ = new InstanceBank(6, 3, 1, momentum: 1));
        BadInput.Refused("another item", () => _ = new InstanceBank(1, 3, 1));
    }
}
