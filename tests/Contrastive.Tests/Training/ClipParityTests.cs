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
public class ClipParityTests
{
    private const int Batch = 16;
    private const int ImageSize = 12;
    private const int Vocabulary = 514;
    private const int Context = 11;

    [Theory]
    [InlineData("clip", 0.0, ScalarType.Float32, 1e-4)]
    [InlineData("clip", 0.0, ScalarType.Float64, 1e-9)]
    [InlineData("clip", 0.5, ScalarType.Float32, 1e-4)]
    [InlineData("clip", 0.5, ScalarType.Float64, 1e-9)]
    [InlineData("siglip", 0.0, ScalarType.Float32, 1e-4)]
    [InlineData("siglip", 0.0, ScalarType.Float64, 1e-9)]
    public void Twenty_steps_of_both_towers_agree_with_PyTorch_from_the_same_seed(string kind, double patchDropout, ScalarType type, double tolerance) =>
        RecordedTraining.Compare("clip_parity.json", string.Create(CultureInfo.InvariantCulture, $"{kind} {patchDropout} {type}"), steps => Train(kind, patchDropout, type, steps), tolerance);

    /// <summary>The same as train() in Fixtures/clip_parity.py: the loss and the norm of the gradient at each step.</summary>
    private static (double Loss, double Norm)[] Train(string kind, double patchDropout, ScalarType type, int steps)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var model = new ClipModel(kind == "siglip" ? SigLip() : Clip(patchDropout), new ClipTokenizer([]));
        model.to(type);
        INegativesLoss contrast = model.Bias is { } bias ? new SigLipLoss(model.Scale, bias) : new ClipLoss(model.Scale);
        using var update = new AdamW([model], 1e-3, weightDecay: 0.01, epsilon: 1e-3);
        var schedule = new WarmupLinear(peak: 1e-3, steps, warmupSteps: 5);
        var seen = new (double, double)[steps];
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var loss = contrast.Compute(model.ImageFeatures(Images(step, type)), model.TextFeatures(Texts(step, kind)));
            update.ZeroGradient();
            loss.backward();
            var norm = update.ClipGradientNorm(2);
            update.LearningRate = schedule.At(step);
            update.Step();
            seen[step] = (loss.to(ScalarType.Float64).item<double>(), norm);
        }

        return seen;
    }

    private static ClipConfig Clip(double patchDropout) => new()
    {
        ProjectionWidth = 32,
        Vision = new VisionTransformerConfig { ImageSize = ImageSize, PatchSize = 4, Width = 32, Layers = 3, Heads = 2, IntermediateSize = 64, PatchDropout = patchDropout },
        Text = new ClipTextConfig { VocabularySize = Vocabulary, ContextLength = Context, Width = 32, Layers = 3, Heads = 4, IntermediateSize = 96 },
    };

    private static ClipConfig SigLip()
    {
        var (clip, activation, epsilon) = (Clip(0), Activation.GeluTanh, 1e-6);
        return clip with
        {
            Vision = clip.Vision with { Pooling = ImagePooling.Attention, Activation = activation, LayerNormEpsilon = epsilon },
            Text = clip.Text with { Pooling = TextPooling.Last, Causal = false, Activation = activation, LayerNormEpsilon = epsilon },
            Sigmoid = true,
        };
    }

    /// <summary>The same as images_of() in Fixtures/clip_parity.py, before the normalization.</summary>
    private static Tensor Images(int step, ScalarType type)
    {
        var (n, c, y, x) = (arange(Batch).view(-1, 1, 1, 1), arange(3).view(-1, 1, 1), arange(ImageSize).view(-1, 1), arange(ImageSize));
        return (7 * n + 3 * c + 5 * y + 11 * x + 13 * step + n * y + c * x).remainder(64).to(type) / 63;
    }

    /// <summary>The same as texts_of() in Fixtures/clip_parity.py.</summary>
    private static TokenBatch Texts(int step, string kind)
    {
        var (rows, columns) = (arange(Batch).unsqueeze(1), arange(Context).unsqueeze(0));
        var ids = (7 * rows + 3 * columns + 11 * step + rows * columns).remainder(Vocabulary - 2);
        var last = 3 + (5 * rows).remainder(Context - 3);
        var end = tensor(Vocabulary - 1L);
        if (kind == "siglip")
            return new TokenBatch(where(columns >= last, end, ids), ones_like(ids), zeros_like(ids)) { HasPadding = false };
        var mask = (columns <= last).to(int64);
        ids = where(columns == last, end, where(columns == 0, tensor(Vocabulary - 2L), ids)) * mask;
        return new TokenBatch(ids, mask, zeros_like(ids));
    }
}
