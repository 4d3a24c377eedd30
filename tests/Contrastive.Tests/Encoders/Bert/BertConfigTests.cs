using Contrastive.Encoders;
using Xunit;

namespace Contrastive.Tests.Encoders;

public sealed class BertConfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-config-").FullName;

    private string ConfigPath => Path.Combine(_folder, "config.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Comes_back_as_it_was_saved()
    {
        var config = BertConfig.Small(8000) with { Dropout = 0.15, LayerNormEpsilon = 1e-6 };
        config.Save(ConfigPath);
        Assert.Equal(config, BertConfig.Load(ConfigPath));
        Assert.Contains("\"num_hidden_layers\": 4", File.ReadAllText(ConfigPath), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_has_the_released_default()
    {
        File.WriteAllText(ConfigPath, """{ "hidden_size": 128, "num_attention_heads": 2, "something_else": [1] }""");
        Assert.Equal(new BertConfig { HiddenSize = 128, Heads = 2 }, BertConfig.Load(ConfigPath));
    }

    [Theory]
    [InlineData("""{ "model_type": "roberta" }""", "model_type is 'roberta', and only 'bert' is computed")]
    [InlineData("""{ "hidden_act": "gelu_new" }""", "hidden_act is 'gelu_new'")]
    [InlineData("""{ "position_embedding_type": "relative_key" }""", "position_embedding_type is 'relative_key'")]
    [InlineData("""{ "hidden_size": 100, "num_attention_heads": 3 }""", "num_attention_heads is 3; expected a divisor of hidden_size, 100")]
    [InlineData("""{ "num_hidden_layers": 0 }""", "num_hidden_layers is 0; expected at least 1")]
    [InlineData("""{ "hidden_size": "wide" }""", "is not the configuration")]
    [InlineData("""{ "hidden_dropout_prob": 1.0 }""", "hidden_dropout_prob is 1; expected a number in [0, 1)")]
    [InlineData("[1]", "is not the configuration")]
    [InlineData("{", "is not the configuration")]
    public void Refuses_what_it_cannot_compute(string json, string message)
    {
        File.WriteAllText(ConfigPath, json);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => BertConfig.Load(ConfigPath)).Message, StringComparison.Ordinal);
    }
}
