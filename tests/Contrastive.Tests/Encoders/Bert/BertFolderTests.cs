using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Encoders;
using Contrastive.Weights;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class BertFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bert-folder-").FullName;
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Safetensors_and_a_first_release_pickle_give_the_same_encoder()
    {
        foreach (var folder in new[] { TinyBert.Current, TinyBert.FirstRelease })
        {
            var (encoder, tokenizer) = BertFolder.Load(folder);
            Assert.False(encoder.training);
            Assert.InRange(TinyBert.DifferenceAtTokens(TinyBert.States()[^1], encoder.Encode(TinyBert.Batch())), 0, 1e-5);
            Assert.Equal(40, tokenizer.VocabularySize);
        }
    }

    [Fact]
    public void What_is_saved_has_the_released_layout_and_comes_back()
    {
        var (encoder, tokenizer) = BertFolder.Load(TinyBert.FirstRelease);
        BertFolder.Save(_folder, encoder, tokenizer);
        Assert.Equal(["config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        using (var saved = WeightFile.Open(Path.Combine(_folder, "model.safetensors")))
        using (var released = WeightFile.Open(Path.Combine(TinyBert.Current, "model.safetensors")))
        {
            Assert.Equal(released.Names.Order(), saved.Names.Order());
            Assert.Equal("pt", saved.Metadata["format"]);
        }
        var (again, vocabulary) = BertFolder.Load(_folder);
        Assert.Equal(0, (again.Encode(TinyBert.Batch()) - encoder.Encode(TinyBert.Batch())).abs().max().item<float>());
        Assert.Equal((encoder.Config, tokenizer.Vocabulary.Count), (again.Config, vocabulary.Vocabulary.Count));
    }

    [Theory]
    [InlineData("question_encoder")]
    [InlineData("ctx_encoder")]
    public void A_released_DPR_encoder_is_the_BERT_in_it(string name)
    {
        Dpr(name, projection: 0);
        var (encoder, _) = BertFolder.Load(_folder);
        Assert.InRange(TinyBert.DifferenceAtTokens(TinyBert.States()[^1], encoder.Encode(TinyBert.Batch())), 0, 1e-5);
    }

    [Fact]
    public void A_DPR_encoder_with_a_projection_is_refused()
    {
        Dpr("ctx_encoder", projection: 8);
        var error = Assert.Throws<InvalidDataException>(() => BertFolder.Load(_folder));
        Assert.Contains("projection_dim is 8, and only a DPR encoder without a projection, 0, is computed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_masked_token_head_is_saved_with_its_encoder()
    {
        var (model, tokenizer) = BertFolder.LoadMasked(TinyBert.FirstRelease);
        BertFolder.Save(_folder, model, tokenizer);
        Assert.Contains("BertForMaskedLM", File.ReadAllText(Path.Combine(_folder, "config.json")), StringComparison.Ordinal);
        var (again, _) = BertFolder.LoadMasked(_folder);
        var hidden = rand(2, 3, 16);
        Assert.Equal(0, (model.call(hidden) - again.call(hidden)).abs().max().item<float>());
        var (encoder, _) = BertFolder.Load(_folder);
        Assert.InRange(TinyBert.DifferenceAtTokens(TinyBert.States()[^1], encoder.Encode(TinyBert.Batch())), 0, 1e-5);
        var error = Assert.Throws<InvalidDataException>(() => BertFolder.LoadMasked(TinyBert.Current));
        Assert.Contains("Missing: predictions.bias", error.Message, StringComparison.Ordinal);
        Assert.Contains("it is an encoder alone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_the_model_is_an_error()
    {
        Copy();
        File.AppendAllText(Path.Combine(_folder, "vocab.txt"), "more\n");
        var error = Refusal();
        Assert.Contains("has 41 tokens and the model 40; they belong to different models", error.Message, StringComparison.Ordinal);
        var (encoder, tokenizer) = BertFolder.Load(TinyBert.Current);
        Assert.Throws<ArgumentException>(() => BertFolder.Save(_folder, encoder, new BertTokenizer([.. tokenizer.Vocabulary, "more"])));
    }

    [Fact]
    public void Corrupt_weights_are_an_error_that_names_the_file()
    {
        Copy();
        var path = Path.Combine(_folder, "model.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);
        Assert.Contains("model.safetensors", Refusal().Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "config.json"), File.ReadAllText(Path.Combine(_folder, "config.json")).Replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", StringComparison.Ordinal));
        File.Copy(Path.Combine(TinyBert.Current, "model.safetensors"), path, overwrite: true);
        Assert.Contains("Missing: encoder.layer.2.", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_another_architecture_is_refused_by_its_name()
    {
        Copy();
        Change("config.json", "\"model_type\": \"bert\"", "\"model_type\": \"roberta\"");
        var error = Refusal();
        Assert.Contains("model_type is 'roberta', and only 'bert' is computed. Take the folder of a BERT model", error.Message, StringComparison.Ordinal);
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_with_code_in_them_are_refused_and_nothing_is_run()
    {
        Copy();
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        var weights = Path.Combine(_folder, "pytorch_model.bin");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Weights/Fixtures/code.pt"), weights);
        var error = Refusal();
        Assert.Contains($"'{weights}' cannot be read: The pickle asks Python for 'posix.system'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_Git_left_elsewhere_are_told_from_damaged_ones()
    {
        Copy();
        File.WriteAllText(Path.Combine(_folder, "model.safetensors"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 440449768\n");
        Assert.Contains("Run 'git lfs pull'", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_size_name_the_tensor_and_both_shapes()
    {
        Copy();
        Change("config.json", "\"intermediate_size\": 24", "\"intermediate_size\": 32");
        var error = Refusal();
        Assert.Contains("'encoder.layer.0.intermediate.dense.weight' is [24, 16] where the configuration makes it [32, 16]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_vocabulary_or_tokenizer_configuration_is_named()
    {
        Copy();
        Change("vocab.txt", "[SEP]\n", "");
        Assert.Contains("has no [SEP]; is it a BERT vocabulary", Refusal().Message, StringComparison.Ordinal);
        File.Copy(Path.Combine(TinyBert.Current, "vocab.txt"), Path.Combine(_folder, "vocab.txt"), overwrite: true);
        File.WriteAllText(Path.Combine(_folder, "tokenizer_config.json"), "{ \"do_lower_case\": tr");
        Assert.Contains("tokenizer_config.json' is damaged", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_beyond_the_model_is_cut_here_and_by_transformers()
    {
        var (encoder, tokenizer) = BertFolder.Load(TinyBert.Current);
        BertFolder.Save(_folder, encoder, tokenizer);
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "tokenizer_config.json")));
        Assert.Equal(12, settings.RootElement.GetProperty("model_max_length").GetInt32());
        Assert.Equal("BertTokenizer", settings.RootElement.GetProperty("tokenizer_class").GetString());
        Assert.True(settings.RootElement.GetProperty("do_lower_case").GetBoolean());
    }

    [Fact]
    public void A_part_that_is_missing_is_named()
    {
        Assert.Contains("There is no folder", Assert.Throws<DirectoryNotFoundException>(() => BertFolder.Load(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => BertFolder.Load(_folder)).Message, StringComparison.Ordinal);
        Copy();
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        Assert.Contains("expected model.safetensors or pytorch_model.bin", Assert.Throws<FileNotFoundException>(() => BertFolder.Load(_folder)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(_folder, "vocab.txt"));
        Assert.Contains("vocab.txt", Assert.Throws<FileNotFoundException>(() => BertFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    private InvalidDataException Refusal() => Assert.Throws<InvalidDataException>(() => BertFolder.Load(_folder));

    private void Change(string name, string before, string after)
    {
        var (path, text) = (Path.Combine(_folder, name), File.ReadAllText(Path.Combine(_folder, name)));
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>The files as Hugging Face has DPR's: BERT's weights under a prefix, without its pooler.</summary>
    private void Dpr(string name, int projection)
    {
        Copy();
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "config.json")))!;
        (config["model_type"], config["projection_dim"]) = ("dpr", projection);
        File.WriteAllText(Path.Combine(_folder, "config.json"), config.ToJsonString());
        var path = Path.Combine(_folder, "model.safetensors");
        Dictionary<string, Tensor> tensors;
        using (var file = WeightFile.Open(path))
            tensors = file.ReadAll().Where(entry => !entry.Key.StartsWith("pooler.", StringComparison.Ordinal)).ToDictionary(entry => $"{name}.bert_model.{entry.Key}", entry => entry.Value);
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }

    private void Copy()
    {
        foreach (var file in Directory.GetFiles(TinyBert.Current))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }
}
