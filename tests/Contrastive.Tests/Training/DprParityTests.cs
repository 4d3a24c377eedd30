using System.Globalization;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public class DprParityTests
{
    private const int Batch = 8;
    private const int QuestionLength = 7;
    private const int PassageLength = 14;
    private const int TitleLength = 4;

    public static TheoryData<string, double, ScalarType, double> Cases()
    {
        var cases = new TheoryData<string, double, ScalarType, double>();
        foreach (var kind in new[] { "whole", "padded", "ids" })
        {
            foreach (var dropout in new[] { 0, 0.1 })
            {
                cases.Add(kind, dropout, ScalarType.Float32, 1e-4);
                cases.Add(kind, dropout, ScalarType.Float64, 1e-9);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_steps_of_both_towers_agree_with_PyTorch_from_the_same_seed(string kind, double dropout, ScalarType type, double tolerance) =>
        RecordedTraining.Compare("dpr_parity.json", string.Create(CultureInfo.InvariantCulture, $"{kind} {dropout} {type}"), steps => Train(kind, dropout, type, steps), tolerance);

    /// <summary>The same as train() in Fixtures/dpr_parity.py: the loss and the norm of the gradient at each step.</summary>
    private static (double Loss, double Norm)[] Train(string kind, double dropout, ScalarType type, int steps)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        var (questionTower, passageTower) = (Tower(dropout), Tower(dropout));
        questionTower.to(type);
        passageTower.to(type);
        using var update = new AdamW([questionTower, passageTower], 1e-3, weightDecay: 0.01, epsilon: 1e-3);
        var schedule = new WarmupLinear(peak: 1e-3, steps, warmupSteps: 5);
        var ranking = new MultipleNegativesRankingLoss(temperature: 1, normalize: false);
        var texts = Texts(kind);
        var negatives = kind == "ids" ? new Negatives { Ids = texts.view(2, Batch).t() } : Negatives.All; // [B, 2]
        var seen = new (double, double)[steps];
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var questions = First(questionTower, Sentences(arange(Batch), QuestionLength, QuestionLength, step, kind != "whole")); // [B, D]
            var passages = First(passageTower, Sentences(3 + 2 * texts, PassageLength, TitleLength, step, kind != "whole")).chunk(2); // [B, D] each
            var loss = ranking.Compute(questions, passages[0], passages[1], negatives);
            update.ZeroGradient();
            loss.backward();
            var norm = update.ClipGradientNorm(2);
            update.LearningRate = schedule.At(step);
            update.Step();
            seen[step] = (loss.to(ScalarType.Float64).item<double>(), norm);
        }

        return seen;
    }

    private static BertEncoder Tower(double dropout) => new(new BertConfig
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

    private static Tensor First(BertEncoder tower, TokenBatch batch) => tower.Encode(batch).select(1, 0);

    /// <summary>The same as texts_of() in Fixtures/dpr_parity.py.</summary>
    private static Tensor Texts(string kind)
    {
        var texts = arange(2 * Batch);
        if (kind == "ids")
            (texts[3], texts[Batch + 5]) = (0, 1);
        return texts;
    }

    /// <summary>The same as sentences() in Fixtures/dpr_parity.py, with token type 1 after the title.</summary>
    private static TokenBatch Sentences(Tensor sentences, int length, int title, int step, bool padded)
    {
        var (rows, columns) = (sentences.unsqueeze(1), arange(length).unsqueeze(0));
        var ids = 5 + (7 * rows + 3 * columns + 11 * step + rows * columns).remainder(55);
        var mask = padded ? (columns < 5 + (5 * rows).remainder(length - 4)).to(int64) : ones_like(ids);
        return new TokenBatch(ids * mask, mask, (columns >= title).to(int64) * mask) { HasPadding = padded };
    }
}
