using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using TorchSharp.Utils;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class ClipModelTests : IDisposable
{
    private static readonly string[] Captions = ["a red circle", "two green squares above a blue star", "a star", "one small violet ring"];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void The_small_preset_learns_to_tell_a_few_pairs_apart()
    {
        manual_seed(3);
        var tokenizer = ClipTokenizer.Learn(Captions, 600);
        var model = new ClipModel(ClipConfig.Small(tokenizer.VocabularySize), tokenizer);
        var losses = Train(model, rand(4, 3, 32, 32), Captions, steps: 12, learningRate: 1e-3);
        Assert.InRange(losses[0], 0.9, 3.5);
        Assert.InRange(losses[^1], 0, 0.5);
    }

    [Fact]
    public void A_hundred_steps_in_bfloat16_at_a_high_learning_rate_stay_finite()
    {
        manual_seed(4);
        var model = new ClipModel(TinyClip.Config, TinyClip.Tokenizer);
        string[] texts = [.. Enumerable.Range(0, 16).Select(i => $"{i * i} and {i}")];
        double[] losses;
        try
        {
            losses = Train(model, rand(16, 3, 8, 8), texts, steps: 100, learningRate: 0.03, Contrastive.Torch.Precision.BFloat16);
        }
        catch (PlatformNotSupportedException error)
        {
            Assert.Skip(error.Message);
            return;
        }

        Assert.All(losses, loss => Assert.InRange(loss, 0, 100));
        Assert.All(model.named_parameters(), entry => Assert.True(entry.parameter.isfinite().all().item<bool>(), entry.name));
        Assert.InRange(model.Scale.Value, 1, 100);
    }

    [Fact]
    public void Encodes_bytes_floats_and_texts_in_their_order_whatever_the_batches()
    {
        var model = new ClipModel(TinyClip.Config with { Vision = TinyClip.Config.Vision with { PatchDropout = 0.5 } }, TinyClip.Tokenizer);
        model.to(float64);
        ClipOracle.Randomize(model);
        model.train();
        var bytes = randint(0, 256, [5, 3, 8, 8], dtype: ScalarType.Byte);
        var images = model.EncodeImages(bytes, batchSize: 2);
        Assert.Equal([5, 6], images.shape);
        Assert.True(model.training && !images.requires_grad);
        Assert.InRange((images - model.EncodeImages(bytes.to(float32) / 255)).abs().max().item<double>(), 0, 1e-5);
        string[] texts = [.. Captions, ""];
        var encoded = model.EncodeTexts(texts, batchSize: 2);
        model.eval();
        Assert.InRange((images - model.ImageFeatures(bytes.to(float64) / 255)).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((encoded - model.TextFeatures(model.Tokenize(texts))).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void A_long_text_is_cut_and_keeps_its_end_of_text_token()
    {
        var model = new ClipModel(TinyClip.Config with { Text = TinyClip.Config.Text with { ContextLength = 77 } }, TinyClip.Tokenizer);
        var batch = model.Tokenize([string.Concat(Enumerable.Repeat("word ", 200)), ""]);
        Assert.Equal(77, batch.Length);
        Assert.Equal(513, batch.InputIds[0, 76].item<long>());
        Assert.Equal([512, 513, 0], batch.InputIds[1].data<long>().Take(3));
        Assert.Equal([2, 6], model.TextFeatures(batch).shape);
    }

    [Fact]
    public void SigLIPs_texts_are_padded_to_the_whole_context_and_its_features_are_not_projected()
    {
        var model = new ClipModel(TinyClip.SigLip, TinyClip.Tokenizer);
        Assert.Equal(30, model.Tokenize(["a"]).Length);
        Assert.DoesNotContain(model.named_parameters(), entry => entry.name.Contains("projection", StringComparison.Ordinal));
        Assert.Equal((10.0, -10.0), (Math.Round(model.Scale.Value, 4), model.Bias!.Value));
        BadInput.Refused("Vision.Width is 8; expected the width of the joint space, ProjectionWidth = 6", () => _ = new ClipModel(TinyClip.SigLip with { ProjectionWidth = 6 }, TinyClip.Tokenizer));
        BadInput.Refused(
            "Text.Width is 12; expected the width of the joint space, ProjectionWidth = 8",
            () => _ = new ClipModel(TinyClip.SigLip with { Text = TinyClip.Config.Text with { Pooling = TextPooling.Last } }, TinyClip.Tokenizer));
    }

    [Fact]
    public void Patches_pass_through_the_projection()
    {
        var model = new ClipModel(TinyClip.Config, TinyClip.Tokenizer);
        var images = rand(3, 3, 8, 8);
        var patches = model.PatchFeatures(images, batchSize: 2);
        Assert.Equal([3, 2, 2, 6], patches.shape);
        var projection = model.state_dict()["visual_projection.weight"];
        var states = ((VisionTransformer)model.ImageTower).Patches(model.Preprocessing.Apply(images));
        Assert.InRange((patches - states.matmul(projection.t())).abs().max().item<float>(), 0, 1e-5);
        Assert.False(patches.requires_grad);
    }

    [Fact]
    public void Its_size_and_parameters_are_the_released_models()
    {
        using var model = new ClipModel(new ClipConfig { Text = new() { Layers = 1 }, Vision = new() { Layers = 1 } }, TinyClip.Tokenizer);
        var names = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.numel());
        long Layers(string tower) => names.Where(entry => entry.Key.StartsWith($"{tower}.encoder", StringComparison.Ordinal)).Sum(entry => entry.Value);
        Assert.Equal(151_277_313, names.Values.Sum() + (11 * (Layers("vision_model") + Layers("text_model")))); // ViT-B/32, 12 layers each
        Assert.Contains("text_model.final_layer_norm.bias", names.Keys);
        Assert.Contains("scale.logit_scale", names.Keys);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var (config, tokenizer) = (TinyClip.Config, TinyClip.Tokenizer);
        BadInput.Refused("The tokenizer has 514 tokens and the text tower 100", () => _ = new ClipModel(config with { Text = config.Text with { VocabularySize = 100 } }, tokenizer));
        BadInput.Refused("Images are resized to 224 and the image tower takes 8", () => _ = new ClipModel(config, tokenizer, new ImagePreprocessing()));
        var model = new ClipModel(config, tokenizer);
        BadInput.Refused("There is no text", () => model.EncodeTexts([]));
        BadInput.Refused("batchSize is 0", () => model.EncodeTexts(Captions, batchSize: 0));
        BadInput.Refused("expected bytes, or floats in [0, 1]", () => model.EncodeImages(zeros(2, 3, 8, 8, int64)));
        BadInput.Refused("expected [N, C, H, W]", () => model.EncodeImages(zeros(3, 8, 8)));
        BadInput.Refused("expected float [N, 3, H, W]", () => model.ImageFeatures(zeros(2, 1, 8, 8)));
    }

    [Fact]
    public void Leaves_one_tensor_behind()
    {
        var model = new ClipModel(TinyClip.Config, TinyClip.Tokenizer);
        var (images, texts) = (rand(2, 3, 9, 12), model.Tokenize(["a", "bc"]));
        foreach (var compute in new Func<Tensor>[] { () => model.ImageFeatures(images), () => model.TextFeatures(texts), () => model.EncodeImages(images), () => model.EncodeTexts(Captions), () => model.PatchFeatures(images) })
        {
            using var scope = NewDisposeScope();
            compute();
            Assert.Equal(1, scope.DisposablesCount);
        }
    }

    internal static double[] Train(ClipModel model, Tensor images, string[] captions, int steps, double learningRate, Func<Device, IDisposable>? precision = null)
    {
        using var loss = new ClipLoss(model.Scale);
        using var update = new AdamW([model], learningRate);
        var texts = model.Tokenize(captions);
        var losses = new double[steps];
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            Tensor x, y;
            using (precision?.Invoke(CPU))
                (x, y) = (model.ImageFeatures(images), model.TextFeatures(texts));
            var value = loss.Compute(x.to(float32), y.to(float32));
            update.ZeroGradient();
            value.backward();
            update.Step();
            losses[step] = value.item<float>();
        }

        return losses;
    }
}
