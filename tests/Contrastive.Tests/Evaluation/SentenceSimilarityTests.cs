using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Evaluation;

public sealed class SentenceSimilarityTests
{
    /// <summary>Scores with many ties, and embeddings of which a third repeat an earlier pair, so that cosines tie too.</summary>
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Equals_a_loop_over_all_pairs_of_pairs_with_ties_in_both_series(ScalarType type)
    {
        var (first, second) = (Numbers.Normal(90, 5, seed: 1), Numbers.Normal(90, 5, seed: 2));
        for (var i = 60; i < 90; i++)
            (first[i], second[i]) = (first[i - 60], second[i - 60]);
        double[] scores = [.. Numbers.Labels(90, 6, seed: 3).Select(label => (double)label)];
        using var x = Numbers.Matrix(first, type);
        using var y = Numbers.Matrix(second, type);
        var expected = SlowSpearman([.. first.Zip(second, SlowCosine)], scores);
        Assert.Equal(expected, SentenceSimilarity.Spearman(x, y, scores), type == ScalarType.Float64 ? 1e-12 : 1e-3);
        Assert.True(double.Abs(expected) > 0.01);
    }

    [Fact]
    public void Tasks_are_ranked_each_for_itself_and_averaged_whatever_their_size()
    {
        var embeddings = new Dictionary<string, double[]> { ["a"] = [1, 0], ["b"] = [1, 0.1], ["c"] = [1, 1], ["d"] = [0, 1] };
        SimilarityTask[] tasks =
        [
            new("one", [new("a", "b", 5), new("a", "c", 2), new("a", "d", 0)]),
            new("two", [new("a", "b", 0), new("a", "d", 5)]),
        ];
        var calls = new List<IReadOnlyList<string>>();
        var scores = SentenceSimilarity.Evaluate(tasks, sentences =>
        {
            calls.Add(sentences);
            return Numbers.Matrix([.. sentences.Select(sentence => embeddings[sentence])]);
        });
        Assert.Equal(["a", "b", "c", "d"], Assert.Single(calls).Order());
        Assert.Equal(1, scores["one"], 1e-12);
        Assert.Equal(-1, scores["two"], 1e-12);
        Assert.Equal(0, scores.Average, 1e-12);
        Assert.Equal("one 100.00, two -100.00, average 0.00", scores.ToString());
        Assert.Equal([3, 2], scores.Tasks.Select(task => task.Pairs));
        Assert.Contains("There are: one, two.", Assert.Throws<ArgumentException>(() => scores["three"]).Message, StringComparison.Ordinal);
        Assert.Equal(1, SentenceSimilarity.Spearman(tasks[0].Pairs, sentences => Numbers.Matrix([.. sentences.Select(sentence => embeddings[sentence])])), 1e-12);
    }

    [Fact]
    public void A_years_subsets_are_ranked_together_and_not_averaged()
    {
        // Within each subset the ranking is right; between them it is not.
        ScoredPair[] first = [new("a", "1", 1), new("a", "2", 2)], second = [new("b", "3", 3), new("b", "4", 4)];
        var similarity = new Dictionary<string, double> { ["1"] = 0.8, ["2"] = 0.9, ["3"] = 0.1, ["4"] = 0.2 };
        double Rho(params ScoredPair[] pairs) => SentenceSimilarity.Spearman(pairs, (_, text) => similarity[text]);
        Assert.Equal(1, Rho(first), 1e-12);
        Assert.Equal(1, Rho(second), 1e-12);
        Assert.Equal(-0.6, Rho([.. first, .. second]), 1e-12);
    }

    [Fact]
    public void A_collapsed_encoder_has_no_correlation_and_says_so()
    {
        SimilarityTask[] tasks = [new("STS-B", [.. Enumerable.Range(0, 50).Select(i => new ScoredPair($"a{i}", $"b{i}", i % 6))])];
        static Tensor Collapsed(IReadOnlyList<string> sentences)
        {
            // One vector, up to float32 rounding.
            using var generator = new Generator(1);
            using var noise = randn([sentences.Count, 64], generator: generator) * 1e-7;
            using var vector = linspace(-1, 1, 64);
            return vector * (1 + noise);
        }
        var scores = SentenceSimilarity.Evaluate(tasks, Collapsed);
        Assert.True(double.IsNaN(scores["STS-B"]));
        Assert.True(double.IsNaN(scores.Average));
        Assert.StartsWith("STS-B undefined (all similarities are equal: the encoder collapsed)", scores.ToString(), StringComparison.Ordinal);
        Assert.True(double.IsNaN(SentenceSimilarity.Spearman(tasks[0].Pairs, (_, _) => 1)));
    }

    [Fact]
    public void A_narrow_cone_is_no_collapse()
    {
        double[][] first = Numbers.Normal(40, 8, seed: 4), second = Numbers.Normal(40, 8, seed: 5);
        foreach (var row in first.Concat(second))
            row[0] += 1000;
        double[] scores = [.. first.Zip(second, SlowCosine)];
        using var x = Numbers.Matrix(first);
        using var y = Numbers.Matrix(second);
        Assert.Equal(1, SentenceSimilarity.Spearman(x, y, scores), 1e-12);
        Assert.InRange(scores.Min(), 0.999, 1);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        ScoredPair[] pairs = [new("a", "b", 1), new("a", "c", 2), new("b", "c", 0)];
        using var outer = NewDisposeScope();
        SentenceSimilarity.Spearman(pairs, sentences => Numbers.Matrix(Numbers.Normal(sentences.Count, 4, seed: 1)));
        Assert.Equal(0, outer.DisposablesCount);
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var x = ones(3, 2);
        using var y = ones(3, 4);
        using var z = x * float.NaN;
        BadInput.Refused("[3, 4]", () => SentenceSimilarity.Spearman(x, y, [1, 2, 3]));
        BadInput.Refused("3 and 2 values", () => SentenceSimilarity.Spearman(x, x, [1, 2]));
        BadInput.Refused("NaN", () => SentenceSimilarity.Spearman(x, z, [1, 2, 3]));
        BadInput.Refused("at least one", () => SentenceSimilarity.Evaluate([], (_, _) => 1));
        BadInput.Refused("expected [2, D]", () => SentenceSimilarity.Spearman([new("a", "b", 1)], _ => ones(3, 2)));
        BadInput.Refused("NaN", () => SentenceSimilarity.Spearman([new("a", "b", 1), new("c", "d", 1)], (_, _) => double.NaN));
    }

    private static double SlowCosine(double[] a, double[] b)
    {
        double product = 0, lengthA = 0, lengthB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            product += a[i] * b[i];
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }

        return product / Math.Sqrt(lengthA * lengthB);
    }

    /// <summary>Pearson's r of ranks that are counted one by one: how many are below, and half of the ties.</summary>
    private static double SlowSpearman(double[] x, double[] y)
    {
        const double equal = 1e-9;
        double[] Ranks(double[] values) => [.. values.Select(v => values.Count(w => w < v - equal) + (values.Count(w => Math.Abs(w - v) <= equal) + 1) / 2.0)];
        var (a, b) = (Ranks(x), Ranks(y));
        var mean = (x.Length + 1) / 2.0;
        return a.Zip(b, (p, q) => (p - mean) * (q - mean)).Sum() / Math.Sqrt(a.Sum(p => (p - mean) * (p - mean)) * b.Sum(q => (q - mean) * (q - mean)));
    }
}
