using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Tests.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class EncyclopediaUntrainedTests(ITestOutputHelper output)
{
    /// <summary>By dot product, as DPR compares, with ten pairs of worlds and initial weights: 5.0 to 7.5 % in the top 20, of the other words
    /// 1.5 to 4.5 %, where chance finds 2.5 %.</summary>
    [Fact]
    public void An_untrained_encoder_finds_next_to_nothing()
    {
        var world = Encyclopedia.Generate(200, seed: 1);
        var tokenizer = BertTokenizer.Train(world.Passages.Select(passage => passage.Contents), 3000);
        manual_seed(1);
        using var encoder = new SentenceEncoder(
            new BertEncoder(BertConfig.Small(tokenizer.VocabularySize) with { HiddenSize = 64, IntermediateSize = 128, Layers = 2 }), tokenizer, Pooling.Mean);
        var run = EncyclopediaRun.ByVectors(world, texts => encoder.Encode(texts));
        run.Show("untrained", output);
        Assert.InRange(run.Share(20, [QuestionWording.Same, .. EncyclopediaRun.OtherWordings]), 0, 0.13);
        Assert.InRange(run.Share(20, EncyclopediaRun.OtherWordings), 0, 0.1);
    }
}
