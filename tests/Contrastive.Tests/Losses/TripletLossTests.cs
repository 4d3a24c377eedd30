using Contrastive.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

public class TripletLossTests
{
    private static double Oracle(double[][] embeddings, long[] labels, double margin, TripletMining mining, bool squared, bool normalize, bool onlyNonZero)
    {
        var z = normalize ? [.. embeddings.Select(Loops.Unit)] : embeddings;
        double D(int i, int j) => squared ? Loops.SquaredDistance(z[i], z[j]) : Loops.Distance(z[i], z[j]);
        var rows = Enumerable.Range(0, z.Length).ToArray();
        List<double> costs = [];
        foreach (var a in rows)
        {
            var positives = rows.Where(p => p != a && labels[p] == labels[a]).ToArray();
            var negatives = rows.Where(n => labels[n] != labels[a]).ToArray();
            if (positives.Length == 0 || negatives.Length == 0)
                continue;
            if (mining == TripletMining.Hard)
            {
                costs.Add(Math.Max(0, positives.Max(p => D(a, p)) - negatives.Min(n => D(a, n)) + margin));
                continue;
            }

            foreach (var p in positives)
            {
                if (mining == TripletMining.All)
                {
                    costs.AddRange(negatives.Select(n => Math.Max(0, D(a, p) - D(a, n) + margin)));
                    continue;
                }

                var farther = negatives.Select(n => D(a, n)).Where(d => d > D(a, p)).ToArray();
                costs.Add(Math.Max(0, D(a, p) - (farther.Length > 0 ? farther.Min() : negatives.Max(n => D(a, n))) + margin));
            }
        }

        return costs.Sum() / Math.Max(1, onlyNonZero ? costs.Count(c => c > 0) : costs.Count);
    }

    [Theory]
    [MemberData(nameof(Cases.Labeled), MemberType = typeof(Cases))]
    public void Equals_the_equation_written_as_loops(string name, double[][] embeddings, long[] labels)
    {
        foreach (var mining in Enum.GetValues<TripletMining>())
        {
            // Where duplicates tie for the hardest or are at distance zero, or one column is normalized to ±1, the derivative depends on the side.
            foreach (var (squared, normalize, onlyNonZero) in new[] { (true, true, false), (false, true, true), (true, false, true), (false, false, false) })
            {
                if ((name is "duplicates" && (mining != TripletMining.All || !squared)) || (name is "one column" && normalize))
                    continue;
                var loss = new TripletLoss(0.2, mining, squared, onlyNonZero, normalize);
                Agreement.Check(
                    $"{name} {mining} {squared} {normalize}", loss.Compute, (z, y) => Oracle(z, y, 0.2, mining, squared, normalize, onlyNonZero), embeddings, labels);
            }
        }
    }

    [Theory]
    [InlineData(TripletMining.All)]
    [InlineData(TripletMining.Hard)]
    [InlineData(TripletMining.SemiHard)]
    public void Equals_the_margin_for_identical_embeddings(TripletMining mining)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.2, new TripletLoss(mining: mining).Compute(ones(6, 3, dtype: float64), tensor(new long[] { 0, 0, 1, 1, 2, 2 })).item<double>(), 12);
    }

    [Theory]
    [InlineData(TripletMining.All)]
    [InlineData(TripletMining.Hard)]
    [InlineData(TripletMining.SemiHard)]
    public void Values_agree_with_the_loops_for_duplicates(TripletMining mining)
    {
        using var scope = NewDisposeScope();
        double[][] z = [[1, 2], [1, 2], [0.5, -1], [0.5, -1], [1, 2], [2, 0.1]];
        long[] labels = [0, 0, 1, 1, 1, 0];
        var loss = new TripletLoss(mining: mining).Compute(Agreement.Leaf(z), tensor(labels));
        Agreement.CheckValue("duplicates", Oracle(z, labels, 0.2, mining, true, true, false), loss);
    }

    [Fact]
    public void Refuses_an_unknown_mining() =>
        Assert.Contains("SemiHard", Assert.Throws<ArgumentOutOfRangeException>(() => new TripletLoss(mining: (TripletMining)9)).Message);

    [Fact]
    public void Leaves_no_tensor_behind() => Leaks.CheckLabeled(new TripletLoss());

    [Fact]
    public void Refuses_bad_input() => BadInput.CheckLabeled(new TripletLoss());
}
