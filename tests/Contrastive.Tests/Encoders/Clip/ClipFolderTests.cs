using Contrastive.Encoders;
using Contrastive.Tests.Data;
using Contrastive.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class ClipFolderTests : IDisposable
{
    private const string SiglipTokens = "[PAD] [UNK] [CLS] [SEP] [MASK] a b c";

    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("pytorch_model.bin")] // the content decides, not the name
    public void Hugging_Faces_CLIPModel_gives_PyTorchs_features(string weights)
    {
        var layout = new ClipLayout("hf-clip");
        layout.Write(_folder.Path, weights, "config.json");
        using var model = ClipFolder.Load(_folder.Path);
        Assert.False(model.training);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
        Assert.Equal((8, 10, 516), (model.ProjectionWidth, model.MaxLength, model.Tokenizer.VocabularySize));
        Assert.Equal((8, true), (model.Preprocessing.Size, model.Preprocessing.Crop));
        Assert.Equal([0f, 0f, 0f], model.Preprocessing.Mean);
        Assert.Null(model.Bias);
        Assert.Equal(Math.Exp(layout.Weights()["logit_scale"].item<float>()), model.Scale.Value, 1e-4);
    }

    [Fact]
    public void Hugging_Faces_SiglipModel_gives_PyTorchs_features_with_a_tokenizer_that_is_given()
    {
        var layout = new ClipLayout("hf-siglip");
        layout.Write(_folder.Path, "model.safetensors", "config.json");
        using var model = ClipFolder.Load(_folder.Path, new BertTokenizer(SiglipTokens.Split(' ')));
        Assert.InRange(layout.Difference(model), 0, 1e-5);
        Assert.Equal(Math.Exp(layout.Weights()["logit_scale"].item<float>()), model.Scale.Value, 1e-4);
        Assert.Equal(layout.Weights()["logit_bias"].item<float>(), model.Bias!.Value, 1e-6);
        Assert.False(model.Preprocessing.Crop);
        var error = Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(_folder.Path));
        Assert.Contains("those of released SigLIP models are SentencePiece's. Give the tokenizer.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenAIs_TorchScript_archive_gives_PyTorchs_features_of_its_half_precision_weights()
    {
        using var model = ClipFolder.Load(ClipLayout.Archive, ClipLayout.Tokenizer);
        Assert.InRange(new ClipLayout("openai-vit").Difference(model), 0, 1e-5);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        var vision = Assert.IsType<VisionTransformer>(model.ImageTower).Config;
        Assert.Equal((8, 4, 64, 2, 1, 16), (vision.ImageSize, vision.PatchSize, vision.Width, vision.Layers, vision.Heads, vision.IntermediateSize));
        Assert.Equal(Activation.QuickGelu, vision.Activation);
        Assert.Equal(new ImagePreprocessing { Size = 8 }.Mean, model.Preprocessing.Mean);
    }

    [Theory]
    [InlineData("")]
    [InlineData("state_dict.module.")] // a checkpoint of a training, whose dictionaries are joined by dots
    public void OpenAIs_ResNet_as_a_plain_state_dictionary_gives_PyTorchs_features(string prefix)
    {
        var layout = new ClipLayout("openai-resnet");
        var path = layout.Write(_folder.Path, "RN50.pt", change: weights => Prefix(weights, prefix));
        using var model = ClipFolder.Load(path, activation: Activation.QuickGelu);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
        var network = Assert.IsType<ModifiedResNet>(model.ImageTower).Config;
        Assert.Equal((64, 4, 2, 6), (network.ImageSize, network.Width, network.Heads, network.OutputWidth));
        Assert.Equal([1, 1, 2, 1], network.Layers);
        Assert.Equal([3, 2, 2, 6], model.PatchFeatures(layout.Images()).shape);
    }

    [Theory]
    [InlineData("open_clip_model.safetensors", true)]
    [InlineData("open_clip_pytorch_model.bin", true)]
    [InlineData("open_clip_pytorch_model.bin", false)]
    public void Open_clips_ViT_gives_PyTorchs_features(string weights, bool asFolder)
    {
        var layout = new ClipLayout("open_clip-vit");
        var path = layout.Write(_folder.Path, weights, "open_clip_config.json");
        using var model = ClipFolder.Load(asFolder ? _folder.Path : path);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
        Assert.Equal(Activation.Gelu, ((VisionTransformer)model.ImageTower).Config.Activation);
    }

    [Fact]
    public void Open_clips_flag_of_quick_GELU_is_honored()
    {
        var layout = new ClipLayout("open_clip-vit");
        layout.Write(_folder.Path, "open_clip_model.safetensors");
        File.WriteAllText(_folder.At("open_clip_config.json"), layout.Json("config").Replace("\"embed_dim\"", "\"quick_gelu\": true, \"embed_dim\"", StringComparison.Ordinal));
        using var model = ClipFolder.Load(_folder.Path);
        Assert.Equal((Activation.QuickGelu, Activation.QuickGelu), (((VisionTransformer)model.ImageTower).Config.Activation, ((ClipTextEncoder)model.TextTower).Config.Activation));
        // The reference has the other one.
        Assert.InRange(layout.Difference(model), 1e-3, 1);
    }

    [Fact]
    public void Open_clips_text_tower_may_have_a_prefix_of_its_own()
    {
        var layout = new ClipLayout("open_clip-vit");
        layout.Write(_folder.Path, "open_clip_model.safetensors", "open_clip_config.json", weights =>
        {
            foreach (var name in weights.Keys.Where(name => !name.StartsWith("visual.", StringComparison.Ordinal) && name != "logit_scale").ToArray())
                Rename(weights, name, "text." + name);
        });
        using var model = ClipFolder.Load(_folder.Path);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
    }

    [Fact]
    public void What_releases_hold_beside_the_weights_is_left_alone()
    {
        var layout = new ClipLayout("hf-clip");
        layout.Write(_folder.Path, "model.safetensors", "config.json", weights =>
        {
            weights["text_model.embeddings.position_ids"] = arange(10).unsqueeze(0);
            weights["vision_model.embeddings.position_ids"] = arange(5).unsqueeze(0);
        });
        using var model = ClipFolder.Load(_folder.Path);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
    }

    [Fact]
    public void Older_files_second_configuration_counts_and_newer_files_have_one_file_for_both_processors()
    {
        var layout = new ClipLayout("hf-clip");
        layout.Write(_folder.Path, "model.safetensors");
        var config = layout.Json("config");
        // The first of OpenAI's folders had a wrong text_config, and the numbers that count in text_config_dict.
        var moved = config.Replace("\"max_position_embeddings\": 10", "\"max_position_embeddings\": 77", StringComparison.Ordinal)
            .Replace("\"text_config\"", "\"text_config_dict\": {\"max_position_embeddings\": 10}, \"vision_config_dict\": null, \"text_config\"", StringComparison.Ordinal);
        Assert.NotEqual(config, moved);
        File.WriteAllText(_folder.At("config.json"), moved);
        File.WriteAllText(_folder.At("processor_config.json"), $"{{\"image_processor\": {File.ReadAllText(_folder.At("preprocessor_config.json"))}}}");
        File.Delete(_folder.At("preprocessor_config.json"));
        using var model = ClipFolder.Load(_folder.Path);
        Assert.InRange(layout.Difference(model), 0, 1e-5);
        Assert.Equal(10, model.MaxLength);
        Assert.Equal([1f, 1f, 1f], model.Preprocessing.Std);
    }

    [Fact]
    public void Without_a_preprocessing_a_folder_gets_what_its_class_does_by_default()
    {
        var layout = new ClipLayout("hf-siglip");
        layout.Write(_folder.Path, "model.safetensors", "config.json");
        File.Delete(_folder.At("preprocessor_config.json"));
        using var model = ClipFolder.Load(_folder.Path, new BertTokenizer(SiglipTokens.Split(' ')));
        Assert.Equal([0.5f, 0.5f, 0.5f], model.Preprocessing.Mean);
        Assert.Equal((8, false), (model.Preprocessing.Size, model.Preprocessing.Crop));
        Assert.InRange(layout.Difference(model), 0, 1e-5);
    }

    [Fact]
    public void The_tokenizer_is_the_released_one_beside_the_file_and_must_fit()
    {
        var layout = new ClipLayout("openai-resnet");
        var path = layout.Write(_folder.Path, "RN50.pt");
        foreach (var name in new[] { "vocab.json", "merges.txt", "tokenizer_config.json" })
            File.Delete(_folder.At(name));
        var error = Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(path, activation: Activation.QuickGelu));
        Assert.Contains("put OpenAI's bpe_simple_vocab_16e6.txt.gz there, or give the tokenizer", error.Message, StringComparison.Ordinal);
        using (var file = File.Create(_folder.At("bpe_simple_vocab_16e6.txt.gz")))
        using (var zip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Compress))
            zip.Write("\"version\"\nt h\nth e</w>\n"u8);
        using var model = ClipFolder.Load(path, activation: Activation.QuickGelu);
        Assert.Equal(516, model.Tokenizer.VocabularySize);
        var large = new ClipTokenizer(["t h", "th e</w>", "a b"]);
        var misfit = Assert.Throws<InvalidDataException>(() => ClipFolder.Load(path, large, Activation.QuickGelu));
        Assert.Contains("The tokenizer has 517 tokens and the text tower 516; they belong to different models", misfit.Message, StringComparison.Ordinal);
    }

    private static void Prefix(Dictionary<string, Tensor> weights, string prefix)
    {
        foreach (var name in weights.Keys.ToArray())
            Rename(weights, name, prefix + name);
        // What else a checkpoint holds is not the model's.
        if (prefix.Length > 0)
            weights["optimizer.state.0.exp_avg"] = zeros(3);
    }

    private static void Rename(Dictionary<string, Tensor> weights, string from, string to)
    {
        weights.Remove(from, out var tensor);
        weights[to] = tensor!;
    }
}
