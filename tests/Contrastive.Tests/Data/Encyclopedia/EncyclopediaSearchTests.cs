using Contrastive.Data;
using Contrastive.Encoders;
using Contrastive.Retrieval;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

/// <summary>What the encyclopedia is for: words find half of the answers.</summary>
public sealed class EncyclopediaSearchTests(ITestOutputHelper output)
{
    /// <summary>Measured with seeds 1 to 3: 100 % of the same words' gold passages in the top 5 and 93 to 96 % first; of the others 3 to 5 %,
    /// 5 to 10 % and 0 % in the top 5, though a name alone leads to twenty passages.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Words_find_what_is_asked_for_in_the_same_words_and_little_else(long seed)
    {
        var world = Encyclopedia.Generate(400, seed);
        using var index = Bm25Index.Build(world.Passages);
        var found = index.Search([.. world.Test.Select(question => question.Text)], 20);
        var run = new EncyclopediaRun(world, [.. found.Select(items => items.Select(item => item.Id).ToArray())]);
        run.Show("BM25", output);
        Assert.InRange(run.Share(5, QuestionWording.Same), 0.95, 1);
        Assert.InRange(run.Share(1, QuestionWording.Same), 0.85, 0.99);
        Assert.InRange(run.Share(5, QuestionWording.Synonyms), 0, 0.15);
        Assert.InRange(run.Share(5, QuestionWording.Paraphrase), 0, 0.15);
        Assert.InRange(run.Share(20, QuestionWording.Description), 0, 0.02);
        Assert.InRange(run.Share(5, EncyclopediaRun.OtherWordings), 0, 0.1);
    }

    [Fact]
    public void Random_word_vectors_count_words_and_so_find_some_of_the_same_words()
    {
        var words = new RandomWordVectors(300, seed: 1);
        var run = EncyclopediaRun.ByVectors(Encyclopedia.Generate(200, seed: 1), texts => nn.functional.normalize(words.Encode(texts), dim: 1));
        run.Show("random word vectors", output);
        Assert.InRange(run.Share(5, QuestionWording.Same), 0.5, 0.9);
        Assert.InRange(run.Share(5, EncyclopediaRun.OtherWordings), 0, 0.15);
        Assert.InRange(run.Share(20, QuestionWording.Description), 0, 0.06);
    }
}
