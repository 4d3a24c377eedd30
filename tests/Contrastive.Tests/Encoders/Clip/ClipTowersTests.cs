using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using TorchSharp;
using TorchSharp.Utils;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>Towers of earlier lessons, and towers that are not trained.</summary>
[Collection(DefaultGeneratorCollection.Name)]
public sealed class ClipTowersTests : IDisposable
{
    private static readonly string[] Captions = ["the a", "b", "a e i o", "t s"];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_residual_network_and_a_sentence_encoder_become_towers()
    {
        var model = Model();
        Assert.Equal((12, 7), (model.MaxLength, model.ProjectionWidth));
        var losses = ClipModelTests.Train(model, rand(4, 3, 20, 24), Captions, steps: 15, learningRate: 3e-3);
        Assert.InRange(losses[^1], 0, losses[0] / 2);
        Assert.Equal([4, 2, 2, 7], model.PatchFeatures(rand(4, 3, 20, 24)).shape);
    }

    [Theory]
    [InlineData(ClipTower.Image, "vision_model.", "text_model.")]
    [InlineData(ClipTower.Text, "text_model.", "vision_model.")]
    public void A_locked_tower_stays_as_it_is_and_the_rest_learns(ClipTower tower, string locked, string trained)
    {
        var model = Model();
        model.train();
        model.Lock(tower);
        model.train();
        var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        ClipModelTests.Train(model, rand(4, 3, 16, 16), Captions, steps: 2, learningRate: 1e-2);
        // Also batch norm's statistics.
        Assert.All(model.state_dict().Where(entry => entry.Key.StartsWith(locked, StringComparison.Ordinal)), entry => Assert.True(before[entry.Key].equal(entry.Value).all().item<bool>(), entry.Key));
        foreach (var name in new[] { "visual_projection.weight", "text_projection.weight", model.named_parameters().First(entry => entry.name.StartsWith(trained, StringComparison.Ordinal)).name })
            Assert.False(before[name].equal(model.state_dict()[name]).all().item<bool>(), name);
        Assert.True(model.IsLocked(tower) && model.training && !Part(model, tower).training);
        model.EncodeTexts(Captions);
        Assert.False(Part(model, tower).training);
    }

    [Fact]
    public void An_unlocked_tower_learns_again()
    {
        var model = Model();
        model.Lock(ClipTower.Image);
        model.train();
        model.Unlock(ClipTower.Image);
        Assert.True(model.ImageTower.training && !model.IsLocked(ClipTower.Image));
        Assert.All(model.ImageTower.parameters(), parameter => Assert.True(parameter.requires_grad));
        model.Unlock(ClipTower.Text); // was not locked
    }

    [Fact]
    public void A_tower_may_end_in_the_joint_space_by_itself()
    {
        var network = new SmallResNet(width: 4);
        ClipModel Make(int joint) => new(network, 16, Sentences(), 16, joint, Tokenizer(), new ImagePreprocessing { Size = 16 }, projectImages: false);
        Assert.DoesNotContain("visual_projection.weight", Make(16).state_dict().Keys);
        Assert.Contains("text_projection.weight", Make(16).state_dict().Keys);
        Assert.Equal([2, 16], Make(16).EncodeImages(rand(2, 3, 16, 16)).shape);
        BadInput.Refused("imageWidth is 16; without a projection it must be projectionWidth, 8", () => Make(8));
    }

    [Fact]
    public void What_a_tower_returns_is_checked_and_places_need_a_tower_that_has_them()
    {
        var flat = nn.Sequential(nn.Flatten(), nn.Linear(3 * 16, 5));
        ClipModel Make(int width) => new(flat, width, Sentences(), 16, 7, Tokenizer(), new ImagePreprocessing { Size = 4 });
        BadInput.Refused("[2, 5]; expected float [2, 6], what Sequential returns", () => Make(6).EncodeImages(rand(2, 3, 4, 4)));
        Assert.Contains("Sequential, has no features of places", Assert.Throws<InvalidOperationException>(() => Make(5).PatchFeatures(rand(2, 3, 4, 4))).Message, StringComparison.Ordinal);
        BadInput.Refused("imageWidth is 0", () => Make(0));
    }

    [Fact]
    public void The_mean_of_a_residual_networks_places_is_its_feature()
    {
        var images = rand(2, 3, 32, 32);
        foreach (var network in new nn.Module<Tensor, Tensor>[] { new SmallResNet(width: 4), ResNet.ResNet18(ResNetStem.Cifar) })
        {
            network.eval();
            var patches = ((IPatchEncoder)network).Patches(images);
            Assert.Equal([2, 4, 4], patches.shape[..3]);
            Assert.InRange((patches.mean([1L, 2L]) - network.call(images)).abs().max().item<float>(), 0, 1e-5);
        }
    }

    private static ClipModel Model() =>
        new(new SmallResNet(width: 4), 16, Sentences(), 16, projectionWidth: 7, Tokenizer(), new ImagePreprocessing { Size = 16 });

    private static SentenceEncoder Sentences() => new(TinyBert.Load(ScalarType.Float32), Tokenizer());

    private static BertTokenizer Tokenizer() => BertTokenizer.Load(TinyBert.FirstRelease);

    private static nn.Module Part(ClipModel model, ClipTower tower) => tower == ClipTower.Image ? model.ImageTower : model.TextTower;
}
