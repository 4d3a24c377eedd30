using Contrastive.Evaluation;
using Contrastive.Losses;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

[Collection(DefaultGeneratorCollection.Name)]
public class MatryoshkaTests
{
    private static double Recall(IReadOnlyList<Tensor> z) => PairedRetrieval.RecallAt(1, PairedRetrieval.Ranks(z[0], z[1]));

    [Fact]
    public void Gives_the_metric_of_copies_of_the_first_entries_in_the_order_of_the_dimensions()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var queries = randn(30, 8);
        var items = queries + (randn(30, 8) * 0.7);
        int[] dimensions = [2, 8, 4];
        var found = Matryoshka.AtEach(dimensions, Recall, queries, items);
        var expected = dimensions.Select(d => (d, Recall([queries.index_select(1, arange(d)), items.index_select(1, arange(d))])));
        Assert.Equal(expected, found);
        Assert.True(found[0].Value < found[1].Value);
        Assert.Equal(Recall([queries, items]), found[1].Value);
    }

    [Fact]
    public void Cut_is_a_view_through_which_gradients_flow()
    {
        using var scope = NewDisposeScope();
        var embeddings = ones(2, 3, 4).requires_grad_();
        var cut = MatryoshkaLoss.Cut(embeddings, 3);
        Assert.Equal([2, 3, 3], cut.shape);
        cut.sum().backward();
        Assert.Equal([1, 1, 1, 0], embeddings.grad![1, 2].data<float>().ToArray());
        using (MatryoshkaLoss.Cut(embeddings, 4))
        {
        }

        Assert.False(embeddings.IsInvalid);
    }

    /// <summary>Pairs that 16 factors make, seen through a random mixture of them with noise.</summary>
    [Fact]
    public void A_short_embedding_finds_more_if_it_was_trained_to_be_short()
    {
        using var scope = NewDisposeScope();
        var ntXent = new NtXentLoss(0.1);
        Func<Tensor, Tensor, Tensor> plain = ntXent.Compute;
        Func<Tensor, Tensor, Tensor> nested = (a, b) => new MatryoshkaLoss([16, 8, 4]).Compute(z => ntXent.Compute(z[0], z[1]), a, b);
        var (usual, matryoshka) = (Train(plain), Train(nested));
        Assert.True(matryoshka[2] > usual[2] + 0.05, $"4 of 16 entries: {usual[2]} as usual, {matryoshka[2]} nested");
        Assert.True(matryoshka[0] > usual[0] - 0.1, $"all 16 entries: {usual[0]} as usual, {matryoshka[0]} nested");
    }

    private static double[] Train(Func<Tensor, Tensor, Tensor> loss)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var importance = arange(16).to(float32).mul(-0.15).exp(); // [16]
        var mixture = randn(16, 32);
        Tensor[] Views(int count)
        {
            var factors = randn(count, 16);
            return [.. Enumerable.Range(0, 2).Select(_ => (factors * importance).mm(mixture) + randn(count, 32))];
        }

        using var encoder = nn.Linear(32, 16);
        using var optimizer = optim.Adam(encoder.parameters(), lr: 0.01);
        for (var step = 0; step < 150; step++)
        {
            using var inner = NewDisposeScope();
            var views = Views(64);
            optimizer.zero_grad();
            loss(encoder.call(views[0]), encoder.call(views[1])).backward();
            optimizer.step();
        }

        var test = Views(200);
        return [.. Matryoshka.AtEach([16, 8, 4], Recall, encoder.call(test[0]), encoder.call(test[1])).Select(entry => entry.Value)];
    }

    [Fact]
    public void Refuses_bad_input()
    {
        using var scope = NewDisposeScope();
        BadInput.Refused("There is no dimension", () => Matryoshka.AtEach([], Recall, ones(3, 4)));
        BadInput.Refused("dimensions is 5; expected 1 to 4: the embeddings have no more entries", () => Matryoshka.AtEach([5, 2], Recall, ones(3, 4)));
        BadInput.Refused("dimensions is 0; expected at least 1", () => Matryoshka.AtEach([2, 0], Recall, ones(3, 4)));
        BadInput.Refused("There are no embeddings", () => Matryoshka.AtEach([2], Recall));
    }
}
