using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

/// <summary>The 20 passages found for each test question of an encyclopedia.</summary>
internal sealed record EncyclopediaRun(Encyclopedia World, string[][] Found)
{
    public static readonly QuestionWording[] OtherWordings = [QuestionWording.Synonyms, QuestionWording.Paraphrase, QuestionWording.Description];

    /// <summary>Searches by the dot product of vectors.</summary>
    public static EncyclopediaRun ByVectors(Encyclopedia world, Func<IReadOnlyList<string>, Tensor> encode)
    {
        using var scope = NewDisposeScope();
        var (questions, passages) = (encode([.. world.Test.Select(question => question.Text)]), encode([.. world.Passages.Select(passage => passage.Contents)]));
        var places = ExactSearch.TopK(questions, passages, 20).Indices.data<long>().ToArray();
        return new(world, [.. places.Chunk(20).Select(row => row.Select(place => world.Passages[(int)place].Id).ToArray())]);
    }

    /// <summary>The share of test questions of these wordings whose gold passage is among the first k.</summary>
    public double Share(int k, params QuestionWording[] wordings) =>
        World.Test.Zip(Found).Where(pair => wordings.Contains(pair.First.Wording)).Average(pair => pair.Second.Take(k).Contains(pair.First.PassageId) ? 1 : 0);

    public void Show(string name, ITestOutputHelper output)
    {
        foreach (var wording in Enum.GetValues<QuestionWording>())
            output.WriteLine($"{name}: {wording}: top 1 {Share(1, wording):P1}, top 5 {Share(5, wording):P1}, top 20 {Share(20, wording):P1}");
    }
}
