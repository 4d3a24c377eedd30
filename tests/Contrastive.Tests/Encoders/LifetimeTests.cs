using Contrastive.Encoders;
using Contrastive.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>TorchSharp leaves some parameters in the dispose scope that is open when they are made.</summary>
public sealed class LifetimeTests
{
    public static TheoryData<string> Names => [.. Makers.Keys];

    private static Dictionary<string, Func<nn.Module>> Makers { get; } = new()
    {
        ["SmallResNet"] = () => new SmallResNet(width: 4),
        ["ResNet18"] = () => ResNet.ResNet18(),
        ["ModifiedResNet"] = () => new ModifiedResNet(new ModifiedResNetConfig { ImageSize = 32, Layers = [1, 1, 1, 1], Width = 8, Heads = 4, OutputWidth = 8 }),
        ["VisionTransformer"] = () => new VisionTransformer(ClipConfig.Small(600).Vision),
        ["ClipTextEncoder"] = () => new ClipTextEncoder(ClipConfig.Small(600).Text),
        ["ClipModel"] = () => new ClipModel(ClipConfig.Small(600), ClipTokenizer.Learn(["a dog"], 520)),
        ["BertEncoder"] = () => new BertEncoder(BertConfig.Small(30) with { Layers = 1 }),
        ["ProjectionHead"] = () => new ProjectionHead(4, 4, 2),
        ["ClipLoss"] = () => new ClipLoss(),
        ["SigLipLoss"] = () => new SigLipLoss(),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_module_made_in_a_dispose_scope_outlives_it(string name)
    {
        nn.Module module;
        using (NewDisposeScope())
            module = Makers[name]();

        using (module)
            Assert.All(module.state_dict(), entry => Assert.False(entry.Value.IsInvalid, entry.Key));
    }
}
