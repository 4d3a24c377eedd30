using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class DenseRetrieverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Encodes_in_batches_and_finds_for_each_question_what_the_store_finds(int batchSize)
    {
        using var store = new LineStore(2, 9, 4);
        var batches = new List<int>();
        var retriever = new DenseRetriever(store, questions => Encode(questions, batches), batchSize);
        string[] questions = ["x", "xxxxxxxx", "xxx", "xxxx", "xx", "xxxxx", "xxxxxx"];
        var found = retriever.Search(questions, 2);
        Assert.Equal(questions.Select(question => store.Nearest(question.Length, 2)), found.Select(items => items.Select(item => item.Id)));
        Assert.Equal(questions.Chunk(batchSize).Select(batch => batch.Length), batches);
        Assert.Empty(retriever.Search([], 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void A_question_without_text_finds_nothing_and_is_not_encoded(int batchSize)
    {
        using var store = new LineStore(2, 9, 4);
        var asked = new List<string>();
        var retriever = new DenseRetriever(
            store,
            questions =>
            {
                asked.AddRange(questions);
                return Encode(questions, []);
            },
            batchSize);
        Assert.Equal([[], ["at 9"], [], [], ["at 2"], []], retriever.Search(["", "xxxxxxxx", " \t", "\n", "x", "\u3000"], 1).Select(items => items.Select(item => item.Id)));
        Assert.Equal(["xxxxxxxx", "x"], asked);
        Assert.Equal([[], []], retriever.Search(["", " "], 1));
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void Leaves_no_tensor_behind_and_encodes_without_gradients()
    {
        using var store = new LineStore(2, 9, 4);
        using var weight = ones(1, requires_grad: true);
        using var scope = NewDisposeScope();
        var retriever = new DenseRetriever(store, questions =>
        {
            var vectors = Encode(questions, []) * weight;
            Assert.False(vectors.requires_grad);
            return vectors;
        });
        retriever.Search(["x", "xx"], 1);
        Assert.Equal(0, scope.DisposablesCount);
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        using var store = new LineStore(2, 9, 4);
        BadInput.Refused("batchSize is 0", () => _ = new DenseRetriever(store, questions => Encode(questions, []), 0));
        var retriever = new DenseRetriever(store, questions => Encode(questions, []));
        BadInput.Refused("topK is 0", () => retriever.Search(["x"], 0));
        BadInput.Refused("queries[1] is null", () => retriever.Search(["x", null!], 1));
        BadInput.Refused("what encode returned is Float32 [1, 3]; expected float [1, 1], one vector", () => new DenseRetriever(store, _ => ones(1, 3)).Search(["x"], 1));
        BadInput.Refused("expected float [2, 1]", () => new DenseRetriever(store, _ => ones(1, 1)).Search(["x", "y"], 1));
        BadInput.Refused("Int64", () => new DenseRetriever(store, _ => ones(1, 1, dtype: int64)).Search(["x"], 1));
    }

    /// <summary>A question's vector is its length.</summary>
    private static Tensor Encode(IReadOnlyList<string> questions, List<int> batches)
    {
        batches.Add(questions.Count);
        return tensor(questions.Select(question => (float)question.Length).ToArray()).unsqueeze(1);
    }

    /// <summary>Numbers on a line, called after their places; the nearest is the most similar.</summary>
    private sealed class LineStore(params float[] items) : IVectorStore
    {
        public int Dimension => 1;

        public VectorMetric Metric => VectorMetric.InnerProduct;

        public long Count => items.Length;

        public IEnumerable<string> Nearest(float query, int topK) =>
            items.OrderBy(item => Math.Abs(item - query)).Take(topK).Select(item => $"at {item}");

        public void Upsert(IReadOnlyList<string> ids, Tensor vectors) => throw new NotSupportedException();

        public IReadOnlyList<IReadOnlyList<RankedItem>> Search(Tensor queries, int topK) =>
            [.. queries.data<float>().ToArray().Select(query => (IReadOnlyList<RankedItem>)[.. Nearest(query, topK).Select((id, place) => new RankedItem(id, -place))])];

        public void Dispose()
        {
        }
    }
}
