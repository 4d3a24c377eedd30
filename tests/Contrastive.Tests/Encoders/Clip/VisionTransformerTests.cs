using Contrastive.Encoders;
using Contrastive.Tests.Losses;
using Contrastive.Tests.Torch;
using TorchSharp;
using TorchSharp.Utils;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class VisionTransformerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(ImagePooling.Class, Activation.QuickGelu)]
    [InlineData(ImagePooling.Average, Activation.Gelu)]
    [InlineData(ImagePooling.Attention, Activation.GeluTanh)]
    public void Features_equal_the_equations_written_as_loops(ImagePooling pooling, Activation activation)
    {
        var tower = Tower(new() { Pooling = pooling, Activation = activation });
        var images = Images();
        var oracle = new ClipOracle(tower);
        var features = tower.call(images);
        Assert.Equal([3, 8], features.shape);
        for (var i = 0; i < 3; i++)
            AssertClose(oracle.Image(tower.Config, Pixels(images[i])), features[i]);
    }

    [Theory]
    [InlineData(ImagePooling.Class)]
    [InlineData(ImagePooling.Average)]
    public void Patches_are_the_last_states_of_the_patches_row_by_row(ImagePooling pooling)
    {
        var tower = Tower(new() { Pooling = pooling });
        var images = Images();
        var patches = tower.Patches(images);
        Assert.Equal([3, 3, 3, 8], patches.shape);
        var expected = new ClipOracle(tower).Tokens(tower.Config, Pixels(images[2]));
        for (var place = 0; place < 9; place++)
            AssertClose(expected[place + (pooling == ImagePooling.Class ? 1 : 0)], patches[2, place / 3, place % 3]);
    }

    [Fact]
    public void The_mean_of_the_patches_is_the_feature_with_average_pooling()
    {
        var tower = Tower(new() { Pooling = ImagePooling.Average });
        var images = Images();
        Assert.InRange((tower.Patches(images).mean([1L, 2L]) - tower.call(images)).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void A_patch_that_is_alone_is_the_feature_with_the_attention_head()
    {
        var tower = Tower(new() { Pooling = ImagePooling.Attention, ImageSize = 4 });
        var images = randn(3, 3, 4, 4, float64);
        Assert.InRange((tower.Patches(images).view(3, -1) - tower.call(images)).abs().max().item<double>(), 0, 1e-12);
        Assert.Equal([3, 3, 3, 8], Tower(new() { Pooling = ImagePooling.Attention }).Patches(Images()).shape);
    }

    [Fact]
    public void Parameters_have_Hugging_Faces_names()
    {
        string[] layer = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj", "layer_norm1", "mlp.fc1", "mlp.fc2", "layer_norm2"];
        var layers = Enumerable.Range(0, 2).SelectMany(i => layer.SelectMany(name => Both($"encoder.layers.{i}.{name}"))).Concat(Both("post_layernorm")).ToArray();
        Assert.Equal(
            Sorted(["embeddings.class_embedding", "embeddings.patch_embedding.weight", "embeddings.position_embedding.weight", .. Both("pre_layrnorm"), .. layers]),
            Sorted(Tower(new()).state_dict().Keys));
        Assert.Equal(
            Sorted([.. Both("embeddings.patch_embedding"), "embeddings.position_embedding.weight", .. layers, "head.probe", "head.attention.in_proj_weight",
                "head.attention.in_proj_bias", .. Both("head.attention.out_proj"), .. Both("head.layernorm"), .. Both("head.mlp.fc1"), .. Both("head.mlp.fc2")]),
            Sorted(Tower(new() { Pooling = ImagePooling.Attention }).state_dict().Keys));
    }

    [Fact]
    public void Patch_dropout_leaves_other_patches_out_in_each_training_step_and_none_otherwise()
    {
        var (whole, dropping) = (Tower(new()), Tower(new() { PatchDropout = 0.5 }));
        dropping.load_state_dict(whole.state_dict());
        var images = Images();
        Assert.Equal(0, (dropping.call(images) - whole.call(images)).abs().max().item<double>());
        dropping.train();
        whole.train();
        var (first, second) = (dropping.call(images), dropping.call(images));
        Assert.InRange((first - second).abs().max().item<double>(), 1e-3, 100);
        Assert.InRange((first - whole.call(images)).abs().max().item<double>(), 1e-3, 100);
        Assert.Throws<InvalidOperationException>(() => dropping.Patches(images));
    }

    [Fact]
    public void Patch_dropout_keeps_the_patches_that_it_draws()
    {
        var tower = Tower(new() { PatchDropout = 0.5, Pooling = ImagePooling.Average, Layers = 1 });
        // Without attention and feed-forward, the feature is the mean of what the kept patches alone are.
        using (no_grad())
        {
            foreach (var (name, parameter) in tower.named_parameters())
            {
                if (name.Contains("out_proj", StringComparison.Ordinal) || name.Contains("fc2", StringComparison.Ordinal))
                    parameter.zero_();
            }
        }

        var images = Images();
        var alone = tower.Patches(images).view(3, 9, -1);
        tower.train();
        manual_seed(5);
        var features = tower.call(images);
        manual_seed(5);
        var kept = rand(3, 9).topk(4, dim: 1).indexes;
        var expected = alone.gather(1, kept.unsqueeze(2).expand(-1, -1, 8)).mean([1L]);
        Assert.InRange((features - expected).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void Leaves_one_tensor_behind()
    {
        var tower = Tower(new() { PatchDropout = 0.5 });
        tower.train();
        var images = Images();
        using var scope = NewDisposeScope();
        tower.call(images);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_other_images_and_impossible_sizes()
    {
        var tower = Tower(new());
        BadInput.Refused("expected float [N, 3, 12, 12]", () => tower.call(zeros(2, 3, 16, 16, float64)));
        BadInput.Refused("expected float [N, 3, 12, 12]", () => tower.call(zeros(2, 1, 12, 12, float64)));
        BadInput.Refused("PatchSize is 5; expected a divisor of ImageSize, 12", () => _ = new VisionTransformer(new() { ImageSize = 12, PatchSize = 5 }));
        BadInput.Refused("Heads is 5; expected a divisor of Width, 768", () => _ = new VisionTransformer(new() { Heads = 5 }));
        BadInput.Refused("PatchDropout is 1; expected a number in [0, 1)", () => _ = new VisionTransformer(new() { PatchDropout = 1 }));
    }

    private static VisionTransformer Tower(VisionTransformerConfig config)
    {
        var tower = new VisionTransformer(config with
        {
            ImageSize = config.ImageSize == 224 ? 12 : config.ImageSize,
            PatchSize = 4,
            Width = 8,
            Layers = Math.Min(config.Layers, 2),
            Heads = 2,
            IntermediateSize = 12,
        });
        tower.to(float64);
        ClipOracle.Randomize(tower);
        tower.eval();
        return tower;
    }

    private static Tensor Images() => randn(3, 3, 12, 12, float64);

    private static double[] Pixels(Tensor image) => image.contiguous().data<double>().ToArray();

    private static string[] Both(string name) => [name + ".weight", name + ".bias"];

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static void AssertClose(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.contiguous().data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
}
