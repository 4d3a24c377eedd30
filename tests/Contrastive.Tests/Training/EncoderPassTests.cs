using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public class EncoderPassTests
{
    private const int Width = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(24)]
    [InlineData(int.MaxValue)]
    public void Chunks_by_tokens_give_two_towers_the_loss_and_gradient_of_one_pass(int budget)
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (questionTower, passageTower) = (new Tower(), new Tower());
        TokenSequence[] questions = Texts(3, 7, 3, 5, 2, 3);
        TokenSequence[] passages = Texts(4, 12, 3, 9, 12, 1, 8, 2, 11, 4, 6, 5); // positives, then hard negatives
        var ranking = new MultipleNegativesRankingLoss(temperature: 1, normalize: false);
        Tensor Loss(Tensor first, Tensor second) => ranking.Compute(first, second.narrow(0, 0, 6), second.narrow(0, 6, 6));

        var whole = Loss(questionTower.call(TokenBatch.Pad(questions, 0)), passageTower.call(TokenBatch.Pad(passages, 0)));
        whole.backward();
        var expected = TakeGradients(questionTower, passageTower);
        var value = new GradCache().Backward(
            z => Loss(z[0], z[1]),
            EncoderPass.OfTokens(questionTower, questions, budget, paddingId: 0), EncoderPass.OfTokens(passageTower, passages, budget, paddingId: 0));

        Assert.Equal(whole.item<double>(), value, 10);
        foreach (var (mine, its) in expected.Zip(TakeGradients(questionTower, passageTower)))
            Assert.True(mine.allclose(its, rtol: 1e-10, atol: 1e-12));
    }

    [Theory]
    [InlineData(1, "1×9 1×7 1×5 1×5 1×2 1×1")]
    [InlineData(8, "1×9 1×7 1×5 1×5 2×2")]
    [InlineData(10, "1×9 1×7 2×5 2×2")]
    [InlineData(28, "3×9 3×5")]
    [InlineData(54, "6×9")]
    [InlineData(int.MaxValue, "6×9")]
    public void Cuts_texts_sorted_by_length_so_that_each_chunk_keeps_to_the_budget(int budget, string expected)
    {
        using var scope = NewDisposeScope();
        var tower = new Tower();
        new GradCache(chunkSize: 2).Backward(z => z[0].sum(), EncoderPass.OfTokens(tower, Texts(5, 1, 9, 5, 2, 7), budget, 0));
        Assert.Equal($"{expected} {expected}", string.Join(' ', tower.Seen.Select(batch => $"{batch.Rows}×{batch.Length}"))); // encoded twice
        Assert.All(tower.Seen, batch => Assert.True(batch.Rows == 1 || batch.Rows * batch.Length <= budget));
    }

    [Fact]
    public void Texts_of_one_length_are_cut_in_their_order()
    {
        using var scope = NewDisposeScope();
        var tower = new Tower();
        var texts = Texts(4, 4, 4, 4, 4);
        var expected = tower.call(TokenBatch.Pad(texts, 0)).detach();
        tower.Seen.Clear();
        new GradCache().Backward(z => (z[0] - expected).pow(2).sum(), EncoderPass.OfTokens(tower, texts, 8, 0));
        Assert.Equal([(2, 4), (2, 4), (1, 4), (2, 4), (2, 4), (1, 4)], tower.Seen);
        Assert.Equal([0L, 1, 2, 3, 4], new TokenChunks([4, 4, 4, 4, 4], 8).Places);
    }

    [Fact]
    public void The_loss_gets_the_embeddings_in_the_order_of_the_texts()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var tower = new Tower();
        var texts = Texts(2, 9, 4, 9, 1, 6);
        var expected = cat([.. texts.Select(text => tower.call(TokenBatch.Pad([text], 0)))], dim: 0).detach();
        new GradCache().Backward(
            z =>
            {
                Assert.True(expected.allclose(z[0], rtol: 1e-10, atol: 1e-12));
                return z[0].sum();
            },
            EncoderPass.OfTokens(tower, texts, 12, 0));
    }

    [Fact]
    public void With_dropout_the_second_encoding_equals_the_first()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var tower = new Tower(dropout: 0.3);
        new GradCache().Backward(z => z[0].pow(3).sum(), EncoderPass.OfTokens(tower, Texts(3, 8, 5, 8, 2, 6), 12, 0));
        var half = tower.Outputs.Count / 2;
        Assert.True(half > 2);
        for (var chunk = 0; chunk < half; chunk++)
            Assert.True(tower.Outputs[chunk].equal(tower.Outputs[half + chunk]).all().item<bool>());
        Assert.False(tower.Outputs[0].allclose(tower.call(TokenBatch.Pad(Texts(3, 8, 5, 8, 2, 6)[1..2], 0)).detach()));
    }

    [Fact]
    public void Serves_a_pass_by_tokens_beside_one_by_rows()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (tower, linear) = (new Tower(), nn.Linear(3, Width, dtype: float64));
        var (texts, rows) = (Texts(3, 6, 2, 5), randn(4, 3, dtype: float64));
        linear.call(rows).mul(tower.call(TokenBatch.Pad(texts, 0))).sum().backward();
        var expected = TakeGradients(tower, linear);
        new GradCache(3).Backward(z => (z[0] * z[1]).sum(), EncoderPass.Of(linear, rows), EncoderPass.OfTokens(tower, texts, 7, 0));
        foreach (var (mine, its) in expected.Zip(TakeGradients(tower, linear)))
            Assert.True(mine.allclose(its, rtol: 1e-10, atol: 1e-12));
    }

    [Fact]
    public void Leaves_nothing_behind()
    {
        using var scope = NewDisposeScope();
        using var tower = new Tower(keepsOutputs: false);
        var texts = Texts(3, 6, 2, 5);
        new GradCache().Backward(z => z[0].sum(), EncoderPass.OfTokens(tower, texts, 7, 0));
        using var inner = NewDisposeScope();
        new GradCache().Backward(z => z[0].sum(), EncoderPass.OfTokens(tower, texts, 7, 0));
        Assert.Equal(0, inner.DisposablesCount);
    }

    [Fact]
    public void Refuses_a_budget_below_one_and_a_text_without_a_token()
    {
        using var scope = NewDisposeScope();
        var tower = new Tower();
        BadInput.Refused("tokenBudget is 0; expected at least 1", () => EncoderPass.OfTokens(tower, Texts(3), 0, 0));
        BadInput.Refused("sequences[1] has no token", () => EncoderPass.OfTokens(tower, Texts(3, 0), 8, 0));
        BadInput.Refused("nothing to encode", () => new GradCache().Backward(z => z[0].sum(), EncoderPass.OfTokens(tower, [], 8, 0)));
    }

    private static TokenSequence[] Texts(params int[] lengths) =>
        [.. lengths.Select((length, row) => new TokenSequence([.. Enumerable.Range(0, length).Select(column => 1 + (((7 * row) + (5 * column)) % 19))], new int[length]))];

    private static Tensor[] TakeGradients(params nn.Module[] networks)
    {
        var parameters = networks.SelectMany(network => network.parameters()).Where(parameter => parameter.grad is not null).ToArray();
        var gradients = parameters.Select(parameter => parameter.grad!.clone()).ToArray();
        foreach (var parameter in parameters)
            parameter.grad = null;
        return gradients;
    }

    /// <summary>A small BERT in float64, which notes what it is given and what it returns.</summary>
    private sealed class Tower : nn.Module<TokenBatch, Tensor>
    {
        private readonly BertEncoder _bert;
        private readonly bool _keepsOutputs;

        public Tower(double dropout = 0, bool keepsOutputs = true) : base(nameof(Tower))
        {
            _bert = new BertEncoder(new BertConfig
            {
                VocabularySize = 20,
                HiddenSize = Width,
                Layers = 1,
                Heads = 2,
                IntermediateSize = 16,
                MaxPositions = 16,
                Dropout = dropout,
                AttentionDropout = dropout,
                InitializerRange = 0.2,
            });
            _bert.to(float64);
            _keepsOutputs = keepsOutputs;
            RegisterComponents();
        }

        public List<(int Rows, int Length)> Seen { get; } = [];

        public List<Tensor> Outputs { get; } = [];

        public override Tensor forward(TokenBatch batch)
        {
            Seen.Add((batch.Count, batch.Length));
            var embeddings = _bert.Encode(batch).select(1, 0);
            if (_keepsOutputs)
                Outputs.Add(embeddings.detach().clone().DetachFromDisposeScope());
            return embeddings;
        }
    }
}
