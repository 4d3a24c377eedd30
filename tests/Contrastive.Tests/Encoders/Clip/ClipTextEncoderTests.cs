using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using TorchSharp;
using TorchSharp.Utils;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class ClipTextEncoderTests : IDisposable
{
    private static readonly long[][] Texts = [[18, 3, 4, 5, 6, 19], [18, 19], [18, 7, 7, 19], [18, 1, 2, 3, 4, 5, 6, 7, 19], [18, 0, 19]];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(true, Activation.QuickGelu)]
    [InlineData(false, Activation.Gelu)]
    public void Features_equal_the_equations_written_as_loops_whatever_the_padding(bool causal, Activation activation)
    {
        var tower = Tower(new() { Causal = causal, Activation = activation });
        var oracle = new ClipOracle(tower);
        foreach (var batch in new[] { Pad(Texts), Pad(Texts, padTo: 10), Pad([Texts[0]]), Pad([Texts[3], Texts[3]]) })
        {
            var features = tower.call(batch);
            for (var i = 0; i < batch.Count; i++)
            {
                var ids = batch.InputIds[i].data<long>().Take(batch.AttentionMask[i].sum().ToInt32()).ToArray();
                AssertClose(oracle.Text(tower.Config, ids), features[i]);
            }
        }
    }

    [Fact]
    public void SigLIPs_tower_reads_the_last_place_of_the_padded_text_through_a_linear_layer()
    {
        var tower = Tower(new() { Causal = false, Activation = Activation.GeluTanh, Pooling = TextPooling.Last });
        var batch = Pad(Texts, padTo: 10);
        var (features, oracle) = (tower.call(batch), new ClipOracle(tower));
        for (var i = 0; i < batch.Count; i++)
            AssertClose(oracle.Text(tower.Config, [.. batch.InputIds[i].data<long>()]), features[i]);
    }

    [Fact]
    public void Parameters_have_Hugging_Faces_names()
    {
        string[] layer = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "layer_norm1", "mlp.fc1", "mlp.fc2", "layer_norm2"];
        string[] clip = ["embeddings.token_embedding.weight", "embeddings.position_embedding.weight",
            .. Enumerable.Range(0, 2).SelectMany(i => layer.SelectMany(name => Both($"encoder.layers.{i}.{name}"))), .. Both("final_layer_norm")];
        Assert.Equal(Sorted(clip), Sorted(Tower(new()).state_dict().Keys));
        Assert.Equal(Sorted([.. clip, .. Both("head")]), Sorted(Tower(new() { Pooling = TextPooling.Last }).state_dict().Keys));
    }

    [Fact]
    public void Padding_gets_no_gradient_and_costs_no_tensor()
    {
        var tower = Tower(new());
        var batch = Pad(Texts);
        using (NewDisposeScope())
        {
            tower.call(batch).pow(2).sum().backward();
            using var embedding = tower.get_parameter("embeddings.token_embedding.weight")!.grad!;
            Assert.Equal(0, embedding[17].abs().max().item<double>()); // the padding's id
            Assert.InRange(embedding[18].abs().max().item<double>(), 1e-6, double.MaxValue);
        }

        using var scope = NewDisposeScope();
        tower.call(batch);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_texts_that_are_too_long_or_empty_and_unknown_tokens()
    {
        var tower = Tower(new());
        BadInput.Refused("A sequence of 11 tokens is longer than the 10 that the model allows", () => tower.call(Pad(Texts, padTo: 11)));
        BadInput.Refused("Token id 20 is not among the model's 20", () => tower.call(Pad([[18, 20, 19]])));
        BadInput.Refused("A text of the batch has no token", () => tower.call(Pad([[18, 19], []])));
        BadInput.Refused("Heads is 3; expected a divisor of Width, 512", () => _ = new ClipTextEncoder(new() { Heads = 3 }));
    }

    private static ClipTextEncoder Tower(ClipTextConfig config)
    {
        var tower = new ClipTextEncoder(config with { VocabularySize = 20, ContextLength = 10, Width = 8, Layers = 2, Heads = 2, IntermediateSize = 12 });
        tower.to(float64);
        ClipOracle.Randomize(tower);
        return tower;
    }

    private static TokenBatch Pad(long[][] texts, int? padTo = null) =>
        TokenBatch.Pad([.. texts.Select(ids => new TokenSequence([.. ids.Select(id => (int)id)], new int[ids.Length]))], paddingId: 17, padTo);

    private static string[] Both(string name) => [name + ".weight", name + ".bias"];

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static void AssertClose(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.contiguous().data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
}
