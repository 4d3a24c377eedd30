using System.Globalization;
using System.Text.Json;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public class BertParityTests
{
    private const int Batch = 16;
    private const int Length = 12;

    public static TheoryData<string, bool, double, ScalarType, double> Cases()
    {
        var cases = new TheoryData<string, bool, double, ScalarType, double>();
        foreach (var task in new[] { "mlm", "simcse" })
        {
            foreach (var padded in new[] { false, true })
            {
                foreach (var dropout in new[] { 0, 0.1 })
                {
                    cases.Add(task, padded, dropout, ScalarType.Float32, 1e-4);
                    cases.Add(task, padded, dropout, ScalarType.Float64, 1e-9);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_agree_with_PyTorch_from_the_same_seed(string task, bool padded, double dropout, ScalarType type, double tolerance)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training/Fixtures/bert_parity.json")));
        var name = string.Create(CultureInfo.InvariantCulture, $"{task} {(padded ? "padded" : "whole")} {dropout} {type}");
        var expected = recorded.RootElement.GetProperty(name).EnumerateArray().Select(loss => loss.GetDouble()).ToArray();
        var actual = Train(task, padded, dropout, type, expected.Length);
        for (var step = 0; step < expected.Length; step++)
        {
            Assert.True(
                Math.Abs(actual[step] - expected[step]) <= tolerance * expected[step],
                $"step {step}: {actual[step]} instead of PyTorch's {expected[step]}");
        }
    }

    /// <summary>The same as train() in Fixtures/bert_parity.py.</summary>
    private static double[] Train(string task, bool padded, double dropout, ScalarType type, int steps)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        var bert = new BertEncoder(new BertConfig
        {
            VocabularySize = 60,
            HiddenSize = 32,
            Layers = 2,
            Heads = 2,
            IntermediateSize = 64,
            MaxPositions = 16,
            Dropout = dropout,
            AttentionDropout = dropout,
            InitializerRange = 0.2,
        });
        var model = task == "mlm" ? new BertMaskedLanguageModel(bert) : null;
        nn.Module network = model is null ? bert : model;
        network.to(type);
        using var update = new AdamW(network, 1e-3, weightDecay: 0.01, epsilon: 1e-3);
        var ranking = new MultipleNegativesRankingLoss();
        var losses = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var (ids, mask, labels) = Sentences(step, padded);
            var loss = model is not null ? model.Loss(ids.masked_fill(labels >= 0, 4), mask, labels) : Ranked(ids, mask);
            update.ZeroGradient();
            loss.backward();
            update.Step();
            losses[step] = loss.to(ScalarType.Float64).item<double>();
        }

        return losses;

        Tensor Ranked(Tensor ids, Tensor? mask)
        {
            var embeddings = bert.Pool(bert.call(ids.repeat(2, 1), mask?.repeat(2, 1), null)).chunk(2);
            return ranking.Compute(embeddings[0], embeddings[1]);
        }
    }

    /// <summary>The same as batch() in Fixtures/bert_parity.py.</summary>
    private static (Tensor Ids, Tensor? Mask, Tensor Labels) Sentences(int step, bool padded)
    {
        var (rows, columns) = (arange(Batch, ScalarType.Int64).unsqueeze(1), arange(Length, ScalarType.Int64).unsqueeze(0));
        var ids = 5 + (7 * rows + 3 * columns + 11 * step + rows * columns).remainder(55);
        var labels = where((rows + columns + step).remainder(4).eq(1), ids, -100);
        if (!padded)
            return (ids, null, labels);
        var mask = (columns < 3 + (5 * rows).remainder(Length - 2)).to(ScalarType.Int64);
        return (ids * mask, mask, labels.masked_fill(mask.eq(0), -100));
    }
}
