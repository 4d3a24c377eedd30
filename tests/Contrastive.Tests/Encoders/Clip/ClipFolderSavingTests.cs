using Contrastive.Encoders;
using Contrastive.Tests.Data;
using Contrastive.Tests.Losses;
using Contrastive.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class ClipFolderSavingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string Source => _folder.At("source");

    private string Target => _folder.At("target");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("hf-clip", "model.safetensors", "config.json")]
    [InlineData("hf-siglip", "model.safetensors", "config.json")]
    [InlineData("openai-resnet", "open_clip_model.safetensors", null)]
    public void What_is_saved_has_the_released_names_shapes_and_numbers_and_comes_back(string name, string weights, string? config)
    {
        var layout = new ClipLayout(name);
        using var model = Load(layout, weights, config);
        ClipFolder.Save(Target, model);
        using (var released = WeightFile.Open(Path.Combine(Source, weights)))
        using (var saved = WeightFile.Open(Path.Combine(Target, weights)))
        {
            Assert.Equal(released.Names.Order(StringComparer.Ordinal), saved.Names.Order(StringComparer.Ordinal));
            Assert.Equal("pt", saved.Metadata["format"]);
            foreach (var tensor in released.Names)
            {
                Assert.Equal(released.Read(tensor).shape, saved.Read(tensor).shape);
                Assert.True(released.Read(tensor).equal(saved.Read(tensor)).all().item<bool>(), tensor);
            }
        }

        using var again = ClipFolder.Load(Target, name == "hf-siglip" ? model.Tokenizer : null);
        Assert.InRange(layout.Difference(again), 0, 1e-5);
        Assert.Equal((model.MaxLength, model.ProjectionWidth, model.Tokenizer.VocabularySize), (again.MaxLength, again.ProjectionWidth, again.Tokenizer.VocabularySize));
        Assert.Equal((model.Preprocessing.Size, model.Preprocessing.Crop), (again.Preprocessing.Size, again.Preprocessing.Crop));
        Assert.Equal(model.Preprocessing.Mean, again.Preprocessing.Mean);
        Assert.Equal(model.Preprocessing.Std, again.Preprocessing.Std);
    }

    [Fact]
    public void A_models_folder_holds_what_transformers_reads()
    {
        using var model = Load(new ClipLayout("hf-clip"), "model.safetensors", "config.json");
        ClipFolder.Save(Target, model);
        Assert.Equal(
            ["config.json", "merges.txt", "model.safetensors", "preprocessor_config.json", "tokenizer_config.json", "vocab.json"],
            Directory.GetFiles(Target).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var config = File.ReadAllText(Path.Combine(Target, "config.json"));
        foreach (var part in new[] { "\"CLIPModel\"", "\"projection_dim\": 8", "\"eos_token_id\": 515", "\"hidden_act\": \"quick_gelu\"", "\"max_position_embeddings\": 10" })
            Assert.Contains(part, config, StringComparison.Ordinal);
        Assert.Contains("\"shortest_edge\": 8", File.ReadAllText(Path.Combine(Target, "preprocessor_config.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "config.json")]
    [InlineData(true, "open_clip_config.json")] // with the bias of the sigmoid loss
    public void A_small_model_that_was_trained_here_comes_back(bool sigmoid, string config)
    {
        var tokenizer = ClipTokenizer.Learn(["a red circle", "a red square", "two red circles"], 540);
        using var model = new ClipModel(ClipConfig.Small(tokenizer.VocabularySize) with { Sigmoid = sigmoid }, tokenizer);
        ClipFolder.Save(Target, model);
        Assert.True(File.Exists(Path.Combine(Target, config)));
        using var again = ClipFolder.Load(Target);
        Assert.Equal(0, (model.EncodeTexts(["a red circle"]) - again.EncodeTexts(["a red circle"])).abs().max().item<float>());
        var images = rand(2, 3, 40, 36);
        Assert.Equal(0, (model.EncodeImages(images) - again.EncodeImages(images)).abs().max().item<float>());
        Assert.Equal((model.Scale.Value, model.Bias?.Value), (again.Scale.Value, again.Bias?.Value));
    }

    [Fact]
    public void A_model_in_another_precision_is_saved_in_it()
    {
        using var model = Load(new ClipLayout("hf-clip"), "model.safetensors", "config.json");
        model.to(ScalarType.Float16);
        ClipFolder.Save(Target, model);
        using var saved = WeightFile.Open(Path.Combine(Target, "model.safetensors"));
        Assert.All(saved.Names, name => Assert.Equal(ScalarType.Float16, saved.Read(name).dtype));
    }

    [Fact]
    public void Towers_tokenizers_and_settings_without_a_released_layout_are_refused_by_name()
    {
        var text = new ClipTextConfig { VocabularySize = 516, Width = 8, Layers = 1, Heads = 1, IntermediateSize = 8 };
        var vision = new VisionTransformerConfig { ImageSize = 8, PatchSize = 4, Width = 8, Layers = 1, Heads = 1, IntermediateSize = 8 };
        var preprocessing = new ImagePreprocessing { Size = 8 };
        using var other = new ClipModel(new SmallResNet(width: 4), 32, new ClipTextEncoder(text), 8, 4, ClipLayout.Tokenizer, preprocessing);
        BadInput.Refused("The image tower is a SmallResNet; only a VisionTransformer or a ModifiedResNet has a released layout. Save this model with Checkpoint", () => ClipFolder.Save(Target, other));
        var config = new ClipConfig { Vision = vision, Text = text, ProjectionWidth = 4 };
        using var average = new ClipModel(config with { Vision = vision with { Pooling = ImagePooling.Average } }, ClipLayout.Tokenizer);
        BadInput.Refused("the image tower's pooling is Average", () => ClipFolder.Save(Target, average));
        using var twoActivations = new ClipModel(config with { Sigmoid = true, Text = text with { Activation = Activation.Gelu } }, ClipLayout.Tokenizer);
        BadInput.Refused("the towers' activations differ", () => ClipFolder.Save(Target, twoActivations));
        using var words = new ClipModel(config, new BertTokenizer("[PAD] [UNK] [CLS] [SEP] [MASK] a".Split(' ')));
        BadInput.Refused("The tokenizer is a BertTokenizer; the layouts of CLIP hold a ClipTokenizer", () => ClipFolder.Save(Target, words));
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public void An_older_model_is_replaced_and_anything_else_stays()
    {
        using var model = Load(new ClipLayout("hf-clip"), "model.safetensors", "config.json");
        ClipFolder.Save(Target, model);
        ClipFolder.Save(Target, model);
        File.WriteAllText(Path.Combine(Target, "notes.txt"), "mine");
        var error = Assert.Throws<IOException>(() => ClipFolder.Save(Target, model));
        Assert.Contains("notes.txt", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Target, "notes.txt")));
        File.Delete(Path.Combine(Target, "notes.txt"));
        // Another model's folder, all of whose files have names that a CLIP model's have too.
        File.WriteAllText(Path.Combine(Target, "config.json"), "{ \"model_type\": \"vit\" }");
        Assert.Throws<IOException>(() => ClipFolder.Save(Target, model));
        Assert.Equal(["source", "target"], Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private ClipModel Load(ClipLayout layout, string weights, string? config)
    {
        Directory.CreateDirectory(Source);
        var path = layout.Write(Source, weights, config);
        return config is null
            ? ClipFolder.Load(path, activation: Activation.QuickGelu)
            : ClipFolder.Load(Source, File.Exists(Path.Combine(Source, "merges.txt")) ? null : new BertTokenizer("[PAD] [UNK] [CLS] [SEP] [MASK] a".Split(' ')));
    }
}
