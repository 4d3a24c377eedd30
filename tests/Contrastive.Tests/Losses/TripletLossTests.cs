using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class TripletLossTests
{
    private sealed record Options(
        double? Margin = 0.2, TripletMining Mining = TripletMining.All, PairDistance Distance = PairDistance.SquaredEuclidean, bool Swap = false,
        bool OnlyNonZero = false, bool Normalize = true)
    {
        public TripletLoss Loss => new(Margin, Mining, Distance, Swap, OnlyNonZero, Normalize);

        public double D(double[] a, double[] b) => Loops.Distance(a, b, Distance);

        public double Cost(double[] a, double[] p, double[] n)
        {
            var toNegative = Swap ? Math.Min(D(a, n), D(p, n)) : D(a, n);
            return Margin is { } m ? Math.Max(0, D(a, p) - toNegative + m) : Loops.Softplus(D(a, p) - toNegative);
        }

        public double Mean(IReadOnlyCollection<double> costs) => costs.Sum() / Math.Max(1, OnlyNonZero ? costs.Count(cost => cost > 0) : costs.Count);
    }

    private static readonly Options[] Variants =
    [
        new(),
        new(Distance: PairDistance.Euclidean, OnlyNonZero: true),
        new(OnlyNonZero: true, Normalize: false),
        new(Distance: PairDistance.Euclidean, Normalize: false),
        new(Margin: null, Distance: PairDistance.Euclidean, Normalize: false),
        new(Margin: null, Swap: true),
        new(Margin: 0.5, Distance: PairDistance.Cosine, Swap: true, Normalize: false),
    ];

    /// <summary>The triplets that the mining chooses: anchor, positive, negative.</summary>
    private static IEnumerable<(int A, int P, int N)> Mined(Options options, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        var (z, c) = options.Normalize ? Loops.Units(embeddings, references) : (embeddings, references);
        for (var a = 0; a < z.Length; a++)
        {
            double D(int j) => options.D(z[a], c[j]);
            var positives = Loops.Others(z, a, c).Where(p => referenceLabels[p] == labels[a]).ToArray();
            var negatives = Enumerable.Range(0, c.Length).Where(n => referenceLabels[n] != labels[a]).ToArray();
            if (positives.Length == 0 || negatives.Length == 0)
                continue;
            if (options.Mining == TripletMining.Hard)
            {
                yield return (a, positives.MaxBy(D), negatives.MinBy(D));
                continue;
            }

            foreach (var p in positives)
            {
                var farther = negatives.Where(n => D(n) > D(p)).ToArray();
                int[] chosen = options.Mining == TripletMining.All ? negatives : [farther.Length > 0 ? farther.MinBy(D) : negatives.MaxBy(D)];
                foreach (var n in chosen)
                    yield return (a, p, n);
            }
        }
    }

    private static double Oracle(Options options, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        var (z, c) = options.Normalize ? Loops.Units(embeddings, references) : (embeddings, references);
        return options.Mean([.. Mined(options, embeddings, labels, references, referenceLabels).Select(t => options.Cost(z[t.A], c[t.P], c[t.N]))]);
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var mining in Enum.GetValues<TripletMining>())
        {
            foreach (var options in Variants.Select(variant => variant with { Mining = mining }))
            {
                // Where duplicates tie for the hardest or are at distance zero, or one column is normalized to ±1, the derivative depends on the side.
                var hasKinks = mining != TripletMining.All || options.Distance != PairDistance.SquaredEuclidean || options.Swap;
                if ((name is "duplicates" && hasKinks) || (name is "one column" && (options.Normalize || options.Distance == PairDistance.Cosine)))
                    continue;
                Agreement.Check($"{name} {options}", options.Loss.Compute, (z, y) => Oracle(options, z, y, z, y), embeddings, labels);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Equals_the_equation_against_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        foreach (var mining in Enum.GetValues<TripletMining>())
        {
            foreach (var options in Variants.Select(variant => variant with { Mining = mining }))
                Agreement.Check($"{name} {options}", options.Loss, (z, y, c, k) => Oracle(options, z, y, c, k), embeddings, labels, references, referenceLabels);
        }
    }

    [Fact]
    public void Equals_the_equation_for_given_triplets()
    {
        foreach (var options in Variants)
        {
            var (anchors, positives, negatives) = (Cases.Random(7, 3, 41), Cases.Random(7, 3, 42), Cases.Random(7, 3, 43));
            double[] Row(double[] row) => options.Normalize ? Loops.Unit(row) : row;
            Agreement.Check(
                $"{options}", leaves => options.Loss.Compute(leaves[0], leaves[1], leaves[2]),
                () => options.Mean([.. anchors.Select((a, i) => options.Cost(Row(a), Row(positives[i]), Row(negatives[i])))]), anchors, positives, negatives);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Equals_the_triplet_margin_loss_of_torch_but_for_its_epsilon(bool swap)
    {
        using var scope = NewDisposeScope();
        var (a, p, n) = (randn(9, 4, dtype: float64), randn(9, 4, dtype: float64), randn(9, 4, dtype: float64));
        Assert.Equal(
            nn.functional.triplet_margin_loss(a, p, n, margin: 1, p: 2, eps: 1e-12, swap: swap).item<double>(),
            new TripletLoss(1, distance: PairDistance.Euclidean, swap: swap, normalize: false).Compute(a, p, n).item<double>(),
            10);
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Mines_the_triplets_that_it_uses(string name, double[][] embeddings, long[] labels)
    {
        foreach (var options in Enum.GetValues<TripletMining>().Select(mining => new Options(Mining: mining, Normalize: false)))
        {
            using var scope = NewDisposeScope();
            var (z, y) = (Agreement.Leaf(embeddings), tensor(labels));
            var mined = options.Loss.Mine(z, y);
            Assert.Equal(3, scope.DisposablesCount - 2);
            if (name is not "duplicates") // ties, of which the first is taken
                Assert.Equal(Mined(options, embeddings, labels, embeddings, labels), List(mined));
            Assert.Equal(List(mined).Count(), mined.Count);
            if (mined.Count == 0)
                continue;

            var given = options.Loss.Compute(z.index_select(0, mined.Anchors), z.index_select(0, mined.Positives), z.index_select(0, mined.Negatives));
            Agreement.CheckValue(name, options.Loss.Compute(z, y).item<double>(), given);
        }
    }

    [Theory]
    [MemberData(nameof(Cases.Against), MemberType = typeof(Cases))]
    public void Mines_among_references(string name, double[][] embeddings, long[] labels, double[][] references, long[] referenceLabels)
    {
        Assert.NotEmpty(name);
        foreach (var options in Enum.GetValues<TripletMining>().Select(mining => new Options(Mining: mining)))
        {
            using var scope = NewDisposeScope();
            var mined = options.Loss.Mine(Agreement.Leaf(embeddings), tensor(labels), Agreement.Leaf(references), tensor(referenceLabels));
            Assert.Equal(Mined(options, embeddings, labels, references, referenceLabels), List(mined));
            Assert.Equal(0, options.Loss.Mine(Agreement.Leaf(embeddings), tensor(labels), zeros(0, embeddings[0].Length, dtype: float64), zeros(0, dtype: int64)).Count);
        }
    }

    private static IEnumerable<(int A, int P, int N)> List(Triplets triplets)
    {
        var (a, p, n) = (triplets.Anchors.data<long>().ToArray(), triplets.Positives.data<long>().ToArray(), triplets.Negatives.data<long>().ToArray());
        return a.Select((anchor, i) => ((int)anchor, (int)p[i], (int)n[i]));
    }

    [Theory]
    [InlineData(TripletMining.All)]
    [InlineData(TripletMining.Hard)]
    [InlineData(TripletMining.SemiHard)]
    public void Equals_the_margin_or_ln_2_for_identical_embeddings(TripletMining mining)
    {
        using var scope = NewDisposeScope();
        var (z, labels) = (ones(6, 3, dtype: float64), tensor(new long[] { 0, 0, 1, 1, 2, 2 }));
        Assert.Equal(0.2, new TripletLoss(mining: mining).Compute(z, labels).item<double>(), 12);
        Assert.Equal(Math.Log(2), new TripletLoss(margin: null, mining).Compute(z, labels).item<double>(), 12);
    }

    [Theory]
    [InlineData(TripletMining.All)]
    [InlineData(TripletMining.Hard)]
    [InlineData(TripletMining.SemiHard)]
    public void Values_agree_with_the_loops_for_duplicates_and_gradients_are_finite(TripletMining mining)
    {
        double[][] embeddings = [[1, 2], [1, 2], [0.5, -1], [0.5, -1], [1, 2], [2, 0.1]];
        long[] labels = [0, 0, 1, 1, 1, 0];
        foreach (var options in Variants.Select(variant => variant with { Mining = mining }))
        {
            using var scope = NewDisposeScope();
            var z = Agreement.Leaf(embeddings);
            var loss = options.Loss.Compute(z, tensor(labels));
            Agreement.CheckValue($"{options}", Oracle(options, embeddings, labels, embeddings, labels), loss);
            loss.backward();
            Assert.True(z.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Refuses_options_out_of_range()
    {
        Assert.Contains("SemiHard", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(mining: (TripletMining)9)).Message);
        Assert.Contains("Cosine", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(distance: (PairDistance)9)).Message);
        Assert.Contains("margin is -1", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(-1)).Message);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        Leaks.CheckLabeled(new TripletLoss());
        Leaks.CheckLabeled(new TripletLoss(null, TripletMining.SemiHard, swap: true));
        Leaks.CheckTriplets(new TripletLoss(swap: true));
    }

    [Fact]
    public void Refuses_bad_input()
    {
        BadInput.CheckLabeled(new TripletLoss());
        BadInput.CheckTriplets(new TripletLoss());
    }
}
