using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Tests.Encoders.Bert;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

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
        Assert.Contains("Missing: predictions.bias", Assert.Throws<InvalidDataException>(() => BertFolder.LoadMasked(TinyBert.Current)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_that_does_not_fit_the_model_is_an_error()
    {
        Copy();
        File.AppendAllText(Path.Combine(_folder, "vocab.txt"), "more\n");
        var error = Assert.Throws<InvalidDataException>(() => BertFolder.Load(_folder));
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
        Assert.Contains("model.safetensors", Assert.Throws<InvalidDataException>(() => BertFolder.Load(_folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "config.json"), File.ReadAllText(Path.Combine(_folder, "config.json")).Replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", StringComparison.Ordinal));
        File.Copy(Path.Combine(TinyBert.Current, "model.safetensors"), path, overwrite: true);
        Assert.Contains("Missing: encoder.layer.2.", Assert.Throws<InvalidDataException>(() => BertFolder.Load(_folder)).Message, StringComparison.Ordinal);
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

    private void Copy()
    {
        foreach (var file in Directory.GetFiles(TinyBert.Current))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }
}
