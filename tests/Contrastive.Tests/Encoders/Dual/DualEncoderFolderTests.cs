using Contrastive.Encoders;
using Contrastive.Tests.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public sealed class DualEncoderFolderTests : IDisposable
{
    private readonly TemporaryFolder _files = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    private string Folder => _files.At("model");

    private string Settings => Path.Combine(Folder, "dual_encoder.json");

    public void Dispose()
    {
        _scope.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void What_is_saved_comes_back_with_its_settings()
    {
        var options = new DualEncoderOptions { QuestionPrefix = "query: ", PassagePrefix = "é \"passage\": ", TitleAsPair = true, UsesTokenTypes = true, QuestionMaxLength = 6 };
        var dual = new DualEncoder(TinyTowers.Encoder(Pooling.Mean, maxLength: 9), TinyTowers.Encoder(Pooling.ClassWithHead, maxLength: 12), options);
        DualEncoderFolder.Save(Folder, dual);
        Assert.Equal(["dual_encoder.json", "passage", "question"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order());
        var again = DualEncoderFolder.Load(Folder);
        Assert.Equal(options, again.Options);
        Assert.Equal((Pooling.Mean, 9, Pooling.ClassWithHead, 12), (again.Question.Pooling, again.Question.MaxLength, again.Passage.Pooling, again.Passage.MaxLength));
        Assert.False(again.IsShared || again.training || again.Question.training || again.Passage.Bert.training);
        Assert.Equal(0, TinyTowers.Difference(dual.EncodePassages(TinyTowers.Passages), again.EncodePassages(TinyTowers.Passages)));
        Assert.Equal(0, TinyTowers.Difference(dual.EncodeQuestions(["the cat", "dog"]), again.EncodeQuestions(["the cat", "dog"])));
        foreach (var part in new[] { "question", "passage" })
            Assert.Equal(13, BertFolder.Load(Path.Combine(Folder, part)).Tokenizer.VocabularySize);
    }

    [Fact]
    public void A_shared_encoder_is_in_both_folders_and_loads_as_one()
    {
        var dual = new DualEncoder(TinyTowers.Encoder(), new DualEncoderOptions { TitleAsPair = false });
        DualEncoderFolder.Save(Folder, dual);
        var again = DualEncoderFolder.Load(Folder);
        Assert.True(again.IsShared);
        Assert.Equal(0, TinyTowers.Difference(dual.EncodePassages(TinyTowers.Passages), again.EncodePassages(TinyTowers.Passages)));
        BertFolder.Save(Path.Combine(Folder, "passage"), TinyTowers.Encoder().Bert, TinyTowers.Tokenizer);
        Assert.Contains("says that the encoder is shared, but 'model.safetensors' differs", Refusal(), StringComparison.Ordinal);
        Change("\"shared\": true", "\"shared\": false");
        Assert.False(DualEncoderFolder.Load(Folder).IsShared);
    }

    [Fact]
    public void Two_models_without_settings_are_taken_for_DPRs()
    {
        BertFolder.Save(Path.Combine(Folder, "question"), TinyTowers.Encoder().Bert, TinyTowers.Tokenizer);
        BertFolder.Save(Path.Combine(Folder, "passage"), TinyTowers.Encoder().Bert, TinyTowers.Tokenizer);
        var dual = DualEncoderFolder.Load(Folder);
        Assert.Equal(new DualEncoderOptions(), dual.Options);
        Assert.Equal((Pooling.Class, 16), (dual.Passage.Pooling, dual.Passage.MaxLength)); // 256, but for what the encoder allows
        Assert.True(dual.Options.TitleAsPair);
    }

    [Fact]
    public void An_older_dual_encoder_is_replaced_and_nothing_else()
    {
        DualEncoderFolder.Save(Folder, new DualEncoder(TinyTowers.Encoder()));
        var second = new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder());
        DualEncoderFolder.Save(Folder, second);
        Assert.Equal(0, TinyTowers.Difference(second.EncodeQuestions(["cat"]), DualEncoderFolder.Load(Folder).EncodeQuestions(["cat"])));
        var notes = _files.Write("model/question/notes.txt", [1]);
        Assert.Contains("notes.txt'; save to a folder that is new or empty", Assert.Throws<IOException>(() => DualEncoderFolder.Save(Folder, second)).Message, StringComparison.Ordinal);
        File.Delete(notes);
        File.Delete(Settings); // as released models are
        Assert.Throws<IOException>(() => DualEncoderFolder.Save(Folder, second));
        Assert.Equal(["model"], Directory.GetFileSystemEntries(_files.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_part_that_is_missing_or_does_not_fit_is_named()
    {
        Assert.Contains("there is no '", Assert.Throws<DirectoryNotFoundException>(() => DualEncoderFolder.Load(Folder)).Message, StringComparison.Ordinal);
        DualEncoderFolder.Save(Folder, new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder()));
        BertFolder.Save(Path.Combine(Folder, "passage"), TinyTowers.Encoder(width: 4).Bert, TinyTowers.Tokenizer);
        Assert.Contains("The vectors of questions have 8 values, those of passages 4", Refusal(), StringComparison.Ordinal);
        Directory.Delete(Path.Combine(Folder, "passage"), recursive: true);
        Assert.Contains($"there is no '{Path.Combine(Folder, "passage")}'", Assert.Throws<DirectoryNotFoundException>(() => DualEncoderFolder.Load(Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"pooling\": \"class\"", "\"pooling\": \"sum\"", "$.question.pooling")]
    [InlineData("\"max_length\": 16", "\"max_length\": 17", "maxLength is 17; expected 1 to 16")]
    [InlineData("\"shared\": false", "\"shared\": \"no\"", "$.shared")]
    [InlineData("\"question_prefix\": \"\"", "\"question_prefix\": null", "question_prefix")]
    [InlineData("\"title_as_pair\"", "\"title_as_pear\"", "title_as_pear")]
    [InlineData("\"version\": 1", "\"version\": 2", "has version 2, and this library reads 1")]
    [InlineData("Contrastive.DualEncoder", "Another", "is not the settings of a dual encoder: its \"format\" is not \"Contrastive.DualEncoder\"")]
    [InlineData("\"shared\": false,", "", "shared")]
    [InlineData("{", "", "cannot be read")]
    public void Damaged_or_foreign_settings_are_named(string before, string after, string message)
    {
        DualEncoderFolder.Save(Folder, new DualEncoder(TinyTowers.Encoder(), TinyTowers.Encoder()));
        Change(before, after);
        var refusal = Refusal();
        Assert.Contains("dual_encoder.json'", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => DualEncoderFolder.Load(Folder)).Message;

    private void Change(string before, string after)
    {
        var text = File.ReadAllText(Settings);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(Settings, text.Replace(before, after, StringComparison.Ordinal));
    }
}
