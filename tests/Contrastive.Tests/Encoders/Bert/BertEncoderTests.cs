using Contrastive.Encoders;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class BertEncoderTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float64, 1e-10)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void Every_hidden_state_equals_PyTorchs(ScalarType type, double tolerance)
    {
        using var encoder = TinyBert.Load(type);
        var states = encoder.HiddenStates(TinyBert.Batch());
        var expected = TinyBert.States();
        Assert.Equal(3, states.Count);
        for (var layer = 0; layer < states.Count; layer++)
            Assert.InRange(TinyBert.DifferenceAtTokens(expected[layer], states[layer]), 0, tolerance);
        Assert.InRange(TinyBert.DifferenceAtTokens(expected[^1], encoder.Encode(TinyBert.Batch())), 0, tolerance);
        Assert.InRange(TinyBert.Difference(TinyBert.Numbers("pooled"), encoder.Pool(states[^1])), 0, tolerance);
    }

    [Fact]
    public void Parameters_have_the_released_names()
    {
        using var encoder = new BertEncoder(BertConfig.Small(30));
        var names = encoder.named_parameters().Select(entry => entry.name).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight", "embeddings.token_type_embeddings.weight",
                "embeddings.LayerNorm.weight", "encoder.layer.3.attention.self.query.bias", "encoder.layer.0.attention.output.LayerNorm.bias",
                "encoder.layer.0.intermediate.dense.weight", "encoder.layer.0.output.dense.weight", "pooler.dense.bias",
            },
            names);
        Assert.Equal(5 + 4 * 16 + 2, names.Count);
    }

    [Fact]
    public void Each_tensor_stands_in_the_state_dictionary_once_whatever_holds_the_encoder()
    {
        var tokenizer = BertTokenizer.Load(TinyBert.Current);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var encoder = TinyBert.Load(ScalarType.Float32);
            nn.Module[] holders = [encoder, new SentenceEncoder(encoder, tokenizer), new BertMaskedLanguageModel(encoder)];
            int[] more = [0, 0, 5];
            string[] prefixes = ["", "bert.", "bert."];
            foreach (var (index, holder) in holders.Index())
            {
                holder.to(type);
                var names = holder.named_parameters().Select(entry => entry.name).ToArray();
                Assert.Equal(5 + 2 * 16 + 2 + more[index], names.Length);
                Assert.Equal(names.Order(), holder.state_dict().Keys.Order());
                Assert.Contains(prefixes[index] + "encoder.layer.1.attention.self.query.weight", names);
                Assert.All(holder.parameters(), parameter => Assert.Equal(type, parameter.dtype));
            }
        }
    }

    [Fact]
    public void Padding_changes_nothing()
    {
        using var encoder = TinyBert.Load(ScalarType.Float64);
        var sequence = new TokenSequence([2, 7, 9, 3], new int[4]);
        var alone = TokenBatch.Pad([sequence], 0);
        var padded = TokenBatch.Pad([sequence, new TokenSequence([2, 8, 8, 8, 8, 8, 3], new int[7])], 0);
        Assert.False(alone.HasPadding);
        var difference = (encoder.Encode(alone)[0] - encoder.Encode(padded)[0].narrow(0, 0, 4)).abs().max().item<double>();
        Assert.InRange(difference, 0, 1e-12);
        var masked = encoder.call(alone.InputIds, alone.AttentionMask, null);
        Assert.InRange((masked - encoder.Encode(alone)).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void Dropout_makes_two_passes_differ_in_training_only()
    {
        using var encoder = TinyBert.Load(ScalarType.Float32);
        var batch = TinyBert.Batch();
        Assert.Equal(0, (encoder.Encode(batch) - encoder.Encode(batch)).abs().max().item<float>());
        encoder.train();
        Assert.True((encoder.Encode(batch) - encoder.Encode(batch)).abs().max().item<float>() > 0.01);
    }

    [Fact]
    public void Every_parameter_but_the_head_gets_a_gradient()
    {
        using var encoder = TinyBert.Load(ScalarType.Float32);
        encoder.train();
        encoder.Encode(TinyBert.Batch()).pow(2).mul(rand(16)).sum().backward();
        foreach (var (name, parameter) in encoder.named_parameters())
            Assert.Equal(!name.StartsWith("pooler.", StringComparison.Ordinal), parameter.grad is { } grad && grad.abs().max().item<float>() > 0);
    }

    [Fact]
    public void First_weights_have_BERTs_spread_and_the_paddings_embedding_is_zero()
    {
        manual_seed(1);
        using var encoder = new BertEncoder(BertConfig.Small(500));
        var words = encoder.get_parameter("embeddings.word_embeddings.weight")!;
        Assert.InRange(words.std().item<float>(), 0.019, 0.021);
        Assert.Equal(0, words[0].abs().max().item<float>());
        Assert.InRange(encoder.get_parameter("encoder.layer.0.output.dense.weight")!.std().item<float>(), 0.019, 0.021);
        Assert.Equal(0, encoder.get_parameter("encoder.layer.0.output.dense.bias")!.abs().max().item<float>());
    }

    [Fact]
    public void A_sentence_longer_than_the_model_allows_is_an_error_that_says_what_to_do()
    {
        using var encoder = TinyBert.Load(ScalarType.Float32);
        var error = Assert.Throws<ArgumentException>(() => encoder.call(ones(1, 13, dtype: ScalarType.Int64), null, null));
        Assert.Contains("13 tokens is longer than the 12 that the model allows; tokenize with maxLength: 12", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_of_another_vocabulary_is_an_error()
    {
        using var encoder = TinyBert.Load(ScalarType.Float32);
        var error = Assert.Throws<ArgumentException>(() => encoder.call(tensor(new long[] { 1, 40 }, [1, 2]), null, null));
        Assert.Contains("Token id 40 is not among the model's 40", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => encoder.call(tensor(new long[] { 1, 2 }), null, null));
    }

    [Fact]
    public void Loading_lists_what_is_missing_and_what_is_unexpected()
    {
        var config = BertConfig.Load(Path.Combine(TinyBert.FirstRelease, "config.json"));
        using var file = TinyBert.Weights();
        using var deeper = new BertEncoder(config with { Layers = 3 });
        var missing = Assert.Throws<InvalidDataException>(() => deeper.LoadWeights(file.Names, file.Read)).Message;
        Assert.Contains("Missing: encoder.layer.2.", missing, StringComparison.Ordinal);
        Assert.Contains("and 6 more", missing, StringComparison.Ordinal);
        using var shallower = new BertEncoder(config with { Layers = 1 });
        Assert.Contains("Unexpected: bert.encoder.layer.1.", Assert.Throws<InvalidDataException>(() => shallower.LoadWeights(file.Names, file.Read)).Message, StringComparison.Ordinal);
        using var wider = new BertEncoder(config with { VocabularySize = 41 });
        Assert.Contains(
            "'bert.embeddings.word_embeddings.weight' is [40, 16] where the configuration makes it [41, 16]",
            Assert.Throws<InvalidDataException>(() => wider.LoadWeights(file.Names, file.Read)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Heads_of_other_tasks_are_left_out_and_named()
    {
        using var encoder = new BertEncoder(BertConfig.Load(Path.Combine(TinyBert.FirstRelease, "config.json")));
        using var file = TinyBert.Weights();
        var ignored = encoder.LoadWeights(file.Names, file.Read);
        Assert.Contains("cls.seq_relationship.weight", ignored);
        Assert.Contains("bert.embeddings.position_ids", ignored);
        Assert.All(ignored, name => Assert.DoesNotContain("layer", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_head_may_be_missing_and_can_be_drawn_anew()
    {
        using var encoder = new BertEncoder(BertConfig.Load(Path.Combine(TinyBert.FirstRelease, "config.json")));
        using var file = TinyBert.Weights();
        var before = encoder.get_parameter("pooler.dense.weight")!.clone();
        encoder.LoadWeights(file.Names.Where(name => !name.Contains("pooler", StringComparison.Ordinal)), file.Read);
        Assert.True(before.allclose(encoder.get_parameter("pooler.dense.weight")!));
        encoder.ResetPooler();
        Assert.False(before.allclose(encoder.get_parameter("pooler.dense.weight")!));
    }
}
