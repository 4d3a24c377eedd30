using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public class ClipModelGradientTests
{
    private static readonly string[] Captions = ["a red circle", "", "two blue stars above it"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_and_its_gradient_in_every_parameter_equal_plain_loops(bool siglip)
    {
        using var scope = NewDisposeScope();
        var model = new ClipModel(siglip ? TinyClip.SigLip : TinyClip.Config, TinyClip.Tokenizer);
        model.to(float64);
        ClipOracle.Randomize(model);
        var images = rand(3, 3, 8, 8, float64);
        var texts = model.Tokenize(Captions);
        INegativesLoss contrast = model.Bias is { } bias ? new SigLipLoss(model.Scale, bias) : new ClipLoss(model.Scale);
        var loss = contrast.Compute(model.ImageFeatures(images), model.TextFeatures(texts));
        loss.backward();

        var oracle = new ClipOracle(model);
        double[][] pixels = [.. Enumerable.Range(0, 3).Select(i => model.Preprocessing.Apply(images)[i].contiguous().data<double>().ToArray())];
        long[][] ids = [.. Enumerable.Range(0, 3).Select(i => texts.InputIds[i].data<long>().Take(siglip ? texts.Length : texts.AttentionMask[i].sum().ToInt32()).ToArray())];
        double Value() => siglip ? SigLip(oracle, pixels, ids) : Clip(oracle, pixels, ids);
        Assert.Equal(Value(), loss.item<double>(), 1e-10);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var (gradient, numbers) = (parameter.grad!.contiguous().data<double>().ToArray(), oracle.Weights(name));
            foreach (var place in new[] { 0, numbers.Length / 2, numbers.Length - 1 })
                Assert.Equal(Slope(Value, numbers, place), gradient[place], 1e-6);
        }
    }

    private static double Clip(ClipOracle oracle, double[][] pixels, long[][] ids)
    {
        var (config, scale) = (TinyClip.Config, Math.Exp(oracle.Weights("scale.logit_scale")[0]));
        var images = pixels.Select(image => oracle.Linear(oracle.Image(config.Vision, image, "vision_model."), "visual_projection")).ToArray();
        var texts = ids.Select(text => oracle.Linear(oracle.Text(config.Text, text, "text_model."), "text_projection")).ToArray();
        double Exp(int i, int j) => Math.Exp(scale * Loops.Cosine(images[i], texts[j]));
        var all = Enumerable.Range(0, images.Length).ToArray();
        return all.Sum(i => -Math.Log(Exp(i, i) / all.Sum(j => Exp(i, j))) - Math.Log(Exp(i, i) / all.Sum(j => Exp(j, i)))) / (2 * images.Length);
    }

    private static double SigLip(ClipOracle oracle, double[][] pixels, long[][] ids)
    {
        var (config, scale, bias) = (TinyClip.SigLip, Math.Exp(oracle.Weights("scale.logit_scale")[0]), oracle.Weights("bias.logit_bias")[0]);
        var images = pixels.Select(image => oracle.Image(config.Vision, image, "vision_model.")).ToArray();
        var texts = ids.Select(text => oracle.Text(config.Text, text, "text_model.")).ToArray();
        var total = 0.0;
        for (var i = 0; i < images.Length; i++)
        {
            for (var j = 0; j < texts.Length; j++)
                total += Loops.Softplus((i == j ? -1 : 1) * ((scale * Loops.Cosine(images[i], texts[j])) + bias));
        }

        return total / images.Length;
    }

    // Central differences of fourth order.
    private static double Slope(Func<double> value, double[] numbers, int place)
    {
        const double Step = 1e-3;
        var before = numbers[place];
        double At(int steps)
        {
            numbers[place] = before + (steps * Step);
            return value();
        }

        var slope = ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * Step);
        numbers[place] = before;
        return slope;
    }
}
