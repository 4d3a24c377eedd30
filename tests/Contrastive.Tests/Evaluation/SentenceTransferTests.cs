using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class SentenceTransferTests
{
    [Fact]
    public void Of_single_sentences_the_embedding_itself_is_probed()
    {
        var texts = Enumerable.Range(0, 200).Select(i => new LabeledText($"{i}", null, i % 3)).ToList();
        var points = Numbers.Clusters(200, 3, classes: 3, distance: 8, seed: 1);
        var task = new TransferTask("clusters", ["a", "b", "c"], texts[..120], texts[120..]);
        var distinct = new List<int>();
        Tensor Encode(IReadOnlyList<string> sentences)
        {
            distinct.Add(sentences.Count);
            return Numbers.Matrix([.. sentences.Select(sentence => points[int.Parse(sentence)])], ScalarType.Float32);
        }
        using var outer = NewDisposeScope();
        Assert.InRange(SentenceTransfer.Accuracy(task, Encode), 0.97, 1);
        Assert.Equal([200], distinct);
        Assert.Equal(0, outer.DisposablesCount);
        Assert.InRange(SentenceTransfer.MostFrequent(task), 0.3, 0.36);
    }

    /// <summary>Whether two signs agree: not linear in u, v or the sign of their difference, but linear in u ∗ v and |u − v|.</summary>
    [Fact]
    public void Of_pairs_products_and_differences_are_probed_too()
    {
        var random = new Random(1);
        var signs = Enumerable.Range(0, 300).Select(_ => (First: random.Next(2), Second: random.Next(2))).ToArray();
        var texts = signs.Select((pair, i) => new LabeledText($"{pair.First}", $"{pair.Second}", pair.First == pair.Second ? 0 : 1)).ToList();
        var task = new TransferTask("agreement", ["same", "different"], texts[..200], texts[200..]);
        Assert.Equal(1, SentenceTransfer.Accuracy(task, sentences => tensor(sentences.Select(sentence => sentence == "1" ? 1f : -1f).ToArray()).unsqueeze(1)));
    }

    [Fact]
    public void Labels_that_nothing_tells_are_guessed_at_chance()
    {
        var random = new Random(2);
        var texts = Enumerable.Range(0, 1200).Select(i => new LabeledText($"{i}", null, random.Next(2))).ToList();
        var task = new TransferTask("noise", ["a", "b"], texts[..600], texts[600..]);
        Assert.InRange(SentenceTransfer.Accuracy(task, sentences => Numbers.Matrix(Numbers.Normal(sentences.Count, 6, seed: 3))), 0.42, 0.58);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        LabeledText single = new("a", null, 0), pair = new("a", "b", 1);
        BadInput.Refused("single sentences and pairs", () => SentenceTransfer.Accuracy(new TransferTask("mixed", ["x", "y"], [single, pair], [single]), _ => ones(2, 2)));
        BadInput.Refused("expected [1, D]", () => SentenceTransfer.Accuracy(new TransferTask("t", ["x", "y"], [single], [single]), _ => ones(3, 2)));
    }
}
