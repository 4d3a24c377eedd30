using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Retrieval;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

/// <summary>What the encyclopedia is for: words find half of the answers, an untrained encoder none.</summary>
public sealed class EncyclopediaSearchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bm25_finds_the_same_words_and_little_else(long seed)
    {
        var world = Encyclopedia.Generate(400, seed);
        using var index = Bm25Index.Build(world.Passages);
        var found = index.Search([.. world.Test.Select(question => question.Text)], 20).Select(items => items.Select(item => item.Id).ToArray()).ToArray();
        Show($"BM25, seed {seed}", world, found);
        Assert.InRange(Share(world, found, 5, QuestionWording.Same), 0.95, 1);
    }

    [Fact]
    public void Vectors_that_know_nothing_find_next_to_nothing()
    {
        var world = Encyclopedia.Generate(400, seed: 1);
        var words = new RandomWordVectors(300, seed: 1);
        Show("random word vectors", world, Search(world, words.Encode, normalize: true));
        var tokenizer = BertTokenizer.Train(world.Passages.Select(passage => passage.Contents), 3000);
        manual_seed(1);
        using var encoder = new SentenceEncoder(
            new BertEncoder(BertConfig.Small(tokenizer.VocabularySize) with { HiddenSize = 64, IntermediateSize = 128, Layers = 2 }), tokenizer, Pooling.Mean);
        Show("untrained, dot", world, Search(world, texts => encoder.Encode(texts), normalize: false));
        Show("untrained, cos", world, Search(world, texts => encoder.Encode(texts), normalize: true));
    }

    private static string[][] Search(Encyclopedia world, Func<IReadOnlyList<string>, Tensor> encode, bool normalize)
    {
        using var scope = NewDisposeScope();
        var (questions, passages) = (encode([.. world.Test.Select(question => question.Text)]), encode([.. world.Passages.Select(passage => passage.Contents)]));
        if (normalize)
            (questions, passages) = (nn.functional.normalize(questions, dim: 1), nn.functional.normalize(passages, dim: 1));
        var places = ExactSearch.TopK(questions, passages, 20).Indices.data<long>().ToArray();
        return [.. places.Chunk(20).Select(row => row.Select(place => world.Passages[(int)place].Id).ToArray())];
    }

    /// <summary>The share of test questions of these wordings whose gold passage is among the first k.</summary>
    private static double Share(Encyclopedia world, string[][] found, int k, params QuestionWording[] wordings) =>
        world.Test.Zip(found).Where(pair => wordings.Contains(pair.First.Wording)).Average(pair => pair.Second.Take(k).Contains(pair.First.PassageId) ? 1 : 0);

    private void Show(string name, Encyclopedia world, string[][] found)
    {
        foreach (var wording in Enum.GetValues<QuestionWording>())
            output.WriteLine($"{name}: {wording}: top 1 {Share(world, found, 1, wording):P1}, top 5 {Share(world, found, 5, wording):P1}, top 20 {Share(world, found, 20, wording):P1}");
    }
}
