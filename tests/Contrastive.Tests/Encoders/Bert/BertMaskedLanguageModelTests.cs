using Contrastive.Encoders;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class BertMaskedLanguageModelTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float64, 1e-10)]
    [InlineData(ScalarType.Float32, 1e-4)] // logits are in the tens
    public void Logits_and_loss_equal_PyTorchs(ScalarType type, double tolerance)
    {
        using var model = Load(type);
        var batch = TinyBert.Batch();
        var logits = model.call(model.Encoder.Encode(batch)[0, 2]);
        Assert.InRange(TinyBert.Difference(TinyBert.Numbers("logits"), logits), 0, tolerance);
        var loss = WholeLoss(model, batch);
        Assert.InRange(Math.Abs(loss - TinyBert.Number("loss")), 0, tolerance);
    }

    [Fact]
    public void Loss_asks_for_the_labeled_tokens_alone()
    {
        using var model = Load(ScalarType.Float64);
        var ids = TinyBert.Integers("ids");
        var labels = TinyBert.Integers("labels");
        var logits = model.call(model.Encoder.call(ids, null, null)); // [B, T, V]
        var slow = 0.0;
        var asked = 0;
        for (var b = 0; b < labels.size(0); b++)
        {
            for (var t = 0; t < labels.size(1); t++)
            {
                if (labels[b, t].item<long>() == -100)
                    continue;
                slow -= (logits[b, t].data<double>()[(int)labels[b, t].item<long>()] - Math.Log(logits[b, t].data<double>().Sum(Math.Exp)));
                asked++;
            }
        }
        Assert.Equal(3, asked);
        Assert.Equal(slow / asked, model.Loss(ids, null, labels).item<double>(), 1e-10);
        Assert.Throws<ArgumentException>(() => model.Loss(ids, null, full_like(labels, -100)));
    }

    [Fact]
    public void The_last_layer_is_the_word_embedding()
    {
        using var model = Load(ScalarType.Float32);
        var names = model.named_parameters().Select(entry => entry.name).ToList();
        Assert.DoesNotContain("cls.predictions.decoder.weight", names);
        Assert.Superset(
            new HashSet<string> { "bert.embeddings.word_embeddings.weight", "cls.predictions.bias", "cls.predictions.transform.dense.weight", "cls.predictions.transform.LayerNorm.bias" },
            names.ToHashSet());
        model.call(model.Encoder.Encode(TinyBert.Batch())).sum().backward();
        Assert.True(model.Encoder.get_parameter("embeddings.word_embeddings.weight")!.grad!.abs().sum().item<float>() > 0);
    }

    private static BertMaskedLanguageModel Load(ScalarType type)
    {
        var model = new BertMaskedLanguageModel(new BertEncoder(BertConfig.Load(Path.Combine(TinyBert.FirstRelease, "config.json"))));
        model.to(type);
        using var file = TinyBert.Weights();
        Assert.Equal(["cls.seq_relationship.weight", "cls.seq_relationship.bias"], model.LoadWeights(file.Names, file.Read));
        model.eval();
        return model;
    }

    private static double WholeLoss(BertMaskedLanguageModel model, TokenBatch batch)
    {
        var logits = model.call(model.Encoder.Encode(batch)).flatten(0, 1);
        return nn.functional.cross_entropy(logits, TinyBert.Integers("labels").flatten()).to(ScalarType.Float64).item<double>();
    }
}
