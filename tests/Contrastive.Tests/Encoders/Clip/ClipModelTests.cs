using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public class ClipModelTests
{
    private static readonly string[] Captions = ["a red circle", "two green squares above a blue star", "a star", "one small violet ring left of a cross"];

    [Fact]
    public void Learns_to_tell_a_few_pairs_apart()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var tokenizer = ClipTokenizer.Learn(Captions, 600);
        using var model = new ClipModel(ClipConfig.Small(tokenizer.VocabularySize), tokenizer);
        using var loss = new ClipLoss(model.Scale);
        using var update = new AdamW([model], 1e-3);
        var images = rand(4, 3, 32, 32);
        var texts = model.Tokenize(Captions);
        var losses = new List<double>();
        for (var step = 0; step < 20; step++)
        {
            using var inner = NewDisposeScope();
            var value = loss.Compute(model.ImageFeatures(images), model.TextFeatures(texts));
            update.ZeroGradient();
            value.backward();
            update.Step();
            losses.Add(value.item<float>());
        }

        Assert.InRange(losses[0], 0.9, 3.5);
        Assert.InRange(losses[^1], 0, 0.2);
    }
}
