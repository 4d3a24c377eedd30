using Contrastive.Encoders;
using Contrastive.Tests.Data;
using Contrastive.Tests.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class ClipFolderRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("\"model_type\": \"clip\"", "\"model_type\": \"blip\"", "model_type is \"blip\", and only \"clip\" or \"siglip\" is computed")]
    [InlineData("\"model_type\": \"clip\", ", "", "model_type is missing")]
    [InlineData("\"hidden_act\": \"quick_gelu\"", "\"hidden_act\": \"relu\"", "hidden_act is \"relu\"")]
    [InlineData("\"hidden_size\": 16", "\"hidden_size\": 15", "Heads is 2; expected a divisor of Width, 15")]
    [InlineData("\"patch_size\": 4", "\"patch_size\": 3", "PatchSize is 3; expected a divisor of ImageSize, 8")]
    [InlineData("\"projection_dim\": 8, \"text", "\"projection_dim\": \"8\", \"text", "config.json")]
    [InlineData("{", "{,", "config.json")]
    public void A_configuration_of_another_model_is_refused_by_its_name(string before, string after, string said)
    {
        HuggingFace();
        Change("config.json", before, after);
        var error = Refusal();
        Assert.Contains("config.json' is not what a CLIP model has there", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"intermediate_size\": 24", "\"intermediate_size\": 32", "'vision_model.encoder.layers.0.mlp.fc1.weight' makes it [24, 16] where the model has [32, 16]")]
    [InlineData("\"num_hidden_layers\": 2, \"patch", "\"num_hidden_layers\": 3, \"patch", "Missing: vision_model.encoder.layers.2.")]
    [InlineData("\"num_hidden_layers\": 2, \"patch", "\"num_hidden_layers\": 1, \"patch", "Unexpected: vision_model.encoder.layers.1.")]
    [InlineData("\"vocab_size\": 516", "\"vocab_size\": 515", "The tokenizer has 516 tokens and the text tower 515")]
    public void Weights_that_do_not_fit_their_configuration_are_named(string before, string after, string said)
    {
        HuggingFace();
        Change("config.json", before, after);
        Assert.Contains(said, Refusal(), StringComparison.Ordinal);
        Assert.Contains("model.safetensors", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"resample\": 3", "\"resample\": 2", "resample is 2, and only 3 is computed")]
    [InlineData("\"shortest_edge\": 8", "\"shortest_edge\": 9", "images are resized to 9 pixels and then cut to 8")]
    [InlineData("\"do_normalize\": true", "\"do_normalize\": false", "do_normalize is false, and only true is computed")]
    [InlineData("\"height\": 8, \"width\": 8", "\"height\": 8, \"width\": 9", "only squares are computed")]
    [InlineData("\"image_mean\": [0.0, 0.0, 0.0]", "\"image_mean\": 1", "image_mean is 1; expected numbers")]
    public void Another_preprocessing_is_refused_by_its_name(string before, string after, string said)
    {
        HuggingFace();
        Change("preprocessor_config.json", before, after);
        Assert.Contains(said, Refusal(), StringComparison.Ordinal);
        Assert.Contains("preprocessor_config.json", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_preprocessing_for_another_size_is_refused()
    {
        HuggingFace();
        Change("preprocessor_config.json", "\"height\": 8, \"width\": 8", "\"height\": 16, \"width\": 16");
        Change("preprocessor_config.json", "\"shortest_edge\": 8", "\"shortest_edge\": 16");
        Assert.Contains("The preprocessing makes images of 16 pixels and the image tower takes 8", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_that_is_missing_is_named()
    {
        Assert.Contains("There is no folder and no file", Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(_folder.At("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("neither config.json", Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
        HuggingFace();
        File.Move(_folder.At("model.safetensors"), _folder.At("model-00001-of-00002.safetensors"));
        Assert.Contains("expected model.safetensors or pytorch_model.bin", Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.At("model.safetensors.index.json"), "{}");
        Assert.Contains("split into several files, as 'model.safetensors.index.json' says", Assert.Throws<FileNotFoundException>(() => ClipFolder.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_Git_left_elsewhere_are_told_from_damaged_ones()
    {
        HuggingFace();
        File.WriteAllText(_folder.At("model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 440449768\n");
        Assert.Contains("Run 'git lfs pull'", Refusal(), StringComparison.Ordinal);
        Assert.Contains("Run 'git lfs pull'", Assert.Throws<InvalidDataException>(() => ClipFolder.Load(_folder.At("model.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_layout_is_told_what_it_is()
    {
        HuggingFace();
        Assert.Contains("it is in Hugging Face's layout; give the folder", File("model.safetensors"), StringComparison.Ordinal);
        new ClipLayout("open_clip-vit").Write(_folder.Path, "timm.bin", change: weights =>
        {
            weights.Remove("visual.conv1.weight");
            weights["visual.trunk.patch_embed.proj.weight"] = zeros(2);
        });
        Assert.Contains("one of timm's, which is not computed here", File("timm.bin"), StringComparison.Ordinal);
        new ClipLayout("hf-siglip").Write(_folder.Path, "other.bin", change: weights =>
        {
            weights.Clear();
            weights["conv.weight"] = zeros(2);
        });
        Assert.Contains("there is no 'visual.conv1.weight'; it has conv.weight", File("other.bin"), StringComparison.Ordinal);

        string File(string name) => Assert.Throws<InvalidDataException>(() => ClipFolder.Load(_folder.At(name), ClipLayout.Tokenizer, Activation.Gelu)).Message;
    }

    [Fact]
    public void An_activation_that_no_file_says_must_be_given_and_one_that_is_said_not_contradicted()
    {
        var path = new ClipLayout("openai-resnet").Write(_folder.Path, "RN50.pt");
        var error = Assert.Throws<ArgumentException>(() => ClipFolder.Load(path));
        Assert.Contains("does not say which activation its towers have: give QuickGelu for weights of OpenAI's", error.Message, StringComparison.Ordinal);
        var contradiction = Assert.Throws<ArgumentException>(() => ClipFolder.Load(ClipLayout.Archive, ClipLayout.Tokenizer, Activation.Gelu));
        Assert.Contains("activation is Gelu, and", contradiction.Message, StringComparison.Ordinal);
        BadInput.Refused("expected QuickGelu or Gelu or GeluTanh", () => ClipFolder.Load(path, activation: (Activation)7));
    }

    [Theory]
    [InlineData("visual.proj", "Missing: visual.proj")]
    [InlineData("ln_final.bias", "Missing: ln_final.bias")]
    [InlineData("text_projection", "there is no 'text_projection'")]
    [InlineData("transformer.resblocks.1.attn.in_proj_weight", "Missing: transformer.resblocks.1.attn.in_proj_weight")]
    public void A_missing_tensor_of_open_clips_is_named(string name, string said)
    {
        new ClipLayout("open_clip-vit").Write(_folder.Path, "open_clip_model.safetensors", "open_clip_config.json", weights => weights.Remove(name));
        Assert.Contains(said, Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"image_size\": 8", "\"image_size\": 16", "image_size is 16, and the weights have 8; they belong to different models")]
    [InlineData("\"embed_dim\": 8", "\"embed_dim\": 9", "embed_dim is 9, and the weights have 8")]
    [InlineData("\"head_width\": 8", "\"head_width\": 7", "heads of 7 do not divide")]
    [InlineData("\"heads\": 3", "\"heads\": 5", "Heads is 5; expected a divisor of Width, 12")]
    [InlineData("\"head_width\": 8", "\"head_width\": 8, \"timm_model_name\": \"vit\"", "vision_cfg has timm_model_name = \"vit\", which is not computed here")]
    [InlineData("\"heads\": 3", "\"heads\": 3, \"pool_type\": \"last\"", "text_cfg has pool_type = \"last\"")]
    [InlineData("\"std\"", "\"interpolation\": \"bilinear\", \"std\"", "interpolation is \"bilinear\"")]
    public void A_configuration_of_open_clips_that_is_not_computed_or_not_the_weights_is_refused(string before, string after, string said)
    {
        new ClipLayout("open_clip-vit").Write(_folder.Path, "open_clip_model.safetensors", "open_clip_config.json");
        Change("open_clip_config.json", before, after);
        Assert.Contains(said, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_no_model_of_OpenAIs_has_are_refused()
    {
        var path = new ClipLayout("open_clip-vit").Write(_folder.Path, "ViT.pt");
        var error = Assert.Throws<InvalidDataException>(() => ClipFolder.Load(path, activation: Activation.QuickGelu));
        Assert.Contains("attention has 12 channels, which heads of 64 do not divide", error.Message, StringComparison.Ordinal);
        var resnet = new ClipLayout("openai-resnet");
        path = resnet.Write(_folder.Path, "RN50.pt", change: weights => weights["visual.attnpool.positional_embedding"] = zeros(4, 128));
        error = Assert.Throws<InvalidDataException>(() => ClipFolder.Load(path, activation: Activation.QuickGelu));
        Assert.Contains("has 4 positions; expected one more than the places of a square image", error.Message, StringComparison.Ordinal);
    }

    private void HuggingFace() => new ClipLayout("hf-clip").Write(_folder.Path, "model.safetensors", "config.json");

    private string Refusal() => Assert.Throws<InvalidDataException>(() => ClipFolder.Load(_folder.Path)).Message;

    private void Change(string name, string before, string after)
    {
        var text = System.IO.File.ReadAllText(_folder.At(name));
        Assert.Contains(before, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(_folder.At(name), text.Replace(before, after, StringComparison.Ordinal));
    }
}
