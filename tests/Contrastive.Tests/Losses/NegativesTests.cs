using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What a loss is told of its negatives (mask, weights, ids, a guide), against the equation written as loops.</summary>
public partial class NegativesTests
{
    private const double Temperature = 0.3;
    private const int Count = 5;
    private const int Width = 3;

    private static readonly long[] Ids = [0, 1, 0, 2, 3];

    /// <summary>Everything at once, for a matrix of some size; whether an entry is a negative, and its ln w.</summary>
    private sealed record Choice(bool[][] Excluded, double[][] LogWeights, long[]? Ids, Func<int, int, bool> GuideRejects)
    {
        public static Choice Of(int rows, int columns, long[]? ids, Func<int, int, bool>? guideRejects = null, int? without = null) => new(
            [.. Cases.Random(rows, columns, 41).Select((row, i) => row.Select(value => value > 0.8 || i == without).ToArray())],
            Cases.Random(rows, columns, 42, scale: 0.7),
            ids,
            guideRejects ?? ((_, _) => false));

        public bool Counts(int i, int j) => !Excluded[i][j] && (Ids is null || Ids[i % Ids.Length] != Ids[j % Ids.Length]) && !GuideRejects(i, j);

        public double Weight(int i, int j) => Math.Exp(LogWeights[i][j]);

        public Negatives AsTensors(Guide? guide) => new()
        {
            Exclude = tensor(Excluded.SelectMany(row => row).ToArray(), [Excluded.Length, Excluded[0].Length]),
            LogWeights = Agreement.Leaf(LogWeights).detach(),
            Ids = Ids is null ? null : tensor(Ids),
            Guide = guide,
        };
    }

    private static readonly double[][] GuideAnchors = Cases.Random(Count, 2, 51);
    private static readonly double[][] GuidePositives = Cases.Random(Count, 2, 52);
    private static readonly double[][] GuideOthers = Cases.Random(2 * Count, 2, 53);

    private static Guide TheGuide(double[][]? others = null, int each = 0)
    {
        var ofOthers = others is null ? null : Agreement.Leaf(others).detach();
        return new(Agreement.Leaf(GuideAnchors), Agreement.Leaf(GuidePositives), each > 0 ? ofOthers!.view(Count, each, -1) : ofOthers) { Margin = 0.05, RelativeMargin = 0.1 };
    }

    private static double Ceiling(int i)
    {
        var positive = Loops.Cosine(GuideAnchors[i], GuidePositives[i]);
        return positive - 0.05 - (0.1 * Math.Abs(positive));
    }

    private static double Softmax(double positive, IEnumerable<double> negatives) => -Math.Log(Math.Exp(positive) / (Math.Exp(positive) + negatives.Sum()));

    public static TheoryData<bool> Blockwise => [false, true];

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void NT_Xent_has_them_for_all_views_by_all_views(bool blockwise)
    {
        double[][] guide = [.. GuideAnchors, .. GuidePositives];
        var choice = Choice.Of(2 * Count, 2 * Count, Ids, (i, j) => Loops.Cosine(guide[i], guide[j]) > Ceiling(i % Count));
        var (view1, view2) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2));
        Agreement.Check(
            "NT-Xent",
            (a, b) => new NtXentLoss(Temperature, blockwise: blockwise).Compute(a, b, choice.AsTensors(TheGuide())),
            (a, b) => OfViews(a, b, (i, z) => Softmax(Score(z[i], z[Other(i)]), Kept(i, choice).Select(j => choice.Weight(i, j) * Math.Exp(Score(z[i], z[j]))))),
            view1,
            view2);
    }

    [Fact]
    public void The_decoupled_loss_leaves_anchors_without_a_negative_out_of_its_mean()
    {
        var choice = Choice.Of(2 * Count, 2 * Count, Ids, without: 3);
        Agreement.Check(
            "decoupled",
            (a, b) => new DecoupledContrastiveLoss(Temperature).Compute(a, b, choice.AsTensors(null)),
            (view1, view2) => OfViews(view1, view2, (i, z) => i == 3 ? 0 : -Score(z[i], z[Other(i)]) + Math.Log(Kept(i, choice).Sum(j => choice.Weight(i, j) * Math.Exp(Score(z[i], z[j]))))) * 2 * Count / ((2 * Count) - 1),
            Cases.Random(Count, Width, 1),
            Cases.Random(Count, Width, 2));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 0.2, true)]
    [InlineData(1.5, 0.2, false)]
    public void The_hard_negative_loss_counts_a_negative_of_weight_w_as_w_of_them(double beta, double prior, bool normalize)
    {
        var choice = Choice.Of(2 * Count, 2 * Count, Ids, without: 3);
        double Term(int i, double[][] z)
        {
            int[] kept = [.. Kept(i, choice)];
            if (kept.Length == 0)
                return 0;
            double S(int j) => (normalize ? Loops.Cosine(z[i], z[j]) : Loops.Dot(z[i], z[j])) / Temperature;
            var count = kept.Sum(j => choice.Weight(i, j));
            var mean = kept.Sum(j => choice.Weight(i, j) * Math.Exp(beta * S(j))) / count;
            var hard = kept.Sum(j => choice.Weight(i, j) * Math.Exp(beta * S(j)) / mean * Math.Exp(S(j)));
            var lowest = normalize ? -1 / Temperature : -Length(z[i]) * LongestOfAll / Temperature;
            var g = Math.Max((hard - (prior * count * Math.Exp(S(Other(i))))) / (1 - prior), count * Math.Exp(lowest));
            return Math.Log((Math.Exp(S(Other(i))) + g) / Math.Exp(S(Other(i))));
        }

        Agreement.Check(
            "hard negatives",
            (a, b) => new HardNegativeContrastiveLoss(beta, prior, Temperature, normalize).Compute(a, b, choice.AsTensors(null)),
            (a, b) => OfViews(a, b, Term),
            Cases.Random(Count, Width, 1),
            Cases.Random(Count, Width, 2));
    }

    // The floor's lengths have no gradient, so the oracle keeps those of the unperturbed rows.
    private static readonly double LongestOfAll = Cases.Random(Count, Width, 1).Concat(Cases.Random(Count, Width, 2)).Max(Length);

    private static double Length(double[] row) => Math.Sqrt(Loops.Dot(row, row));

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void Losses_of_two_views_have_them_for_the_first_by_the_second(bool blockwise)
    {
        var choice = Choice.Of(Count, Count, Ids, (i, j) => Loops.Cosine(GuideAnchors[i], GuidePositives[j]) > Ceiling(i));
        double OneWay(double[][] a, double[][] b, Func<double[], double[], double> score) => Enumerable.Range(0, Count).Average(i =>
            Softmax(score(a[i], b[i]), Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(i, j)).Select(j => choice.Weight(i, j) * Math.Exp(score(a[i], b[j])))));

        void Check(string name, INegativesLoss loss, Func<double[][], double[][], double> oracle) => Agreement.Check(
            name, (a, b) => loss.Compute(a, b, choice.AsTensors(TheGuide())), oracle, Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2));

        Check("InfoNCE", new InfoNceLoss(Temperature, blockwise: blockwise), (a, b) => OneWay(a, b, Score));
        Check("ranking", new MultipleNegativesRankingLoss(Temperature, blockwise: blockwise), (a, b) => OneWay(a, b, Score));
        Check("N-pair", new NPairLoss(normPenalty: 0.1), (a, b) => OneWay(a, b, Loops.Dot) + (0.1 * a.Concat(b).Sum(row => Loops.Dot(row, row)) / Count));
    }

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void CLIP_has_them_in_both_directions_and_the_guide_a_ceiling_for_each(bool blockwise)
    {
        foreach (var isGuided in new[] { false, true })
        {
            bool Above(int i, int j, int anchor) => isGuided && Loops.Cosine(GuideAnchors[i], GuidePositives[j]) > Ceiling(anchor);
            var choice = Choice.Of(Count, Count, Ids);
            var loss = new ClipLoss(new LogitScale(1 / Temperature), blockwise: blockwise);
            double Scaled(double[] a, double[] b) => Loops.Cosine(a, b) * loss.Scale.Value;
            double Both(double[][] a, double[][] b) => Enumerable.Range(0, Count).Average(i =>
                (Softmax(Scaled(a[i], b[i]), Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(i, j) && !Above(i, j, i)).Select(j => choice.Weight(i, j) * Math.Exp(Scaled(a[i], b[j]))))
                + Softmax(Scaled(a[i], b[i]), Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(j, i) && !Above(j, i, i)).Select(j => choice.Weight(j, i) * Math.Exp(Scaled(a[j], b[i])))))
                / 2);
            loss.to(float64);
            Agreement.Check(
                $"CLIP, guided: {isGuided}", (a, b) => loss.Compute(a, b, choice.AsTensors(isGuided ? TheGuide() : null)), (a, b) => Both(a, b), Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2));
        }
    }

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void SigLIP_multiplies_the_terms_of_its_pairs_by_the_weights(bool blockwise)
    {
        var choice = Choice.Of(Count, Count, Ids, (i, j) => Loops.Cosine(GuideAnchors[i], GuidePositives[j]) > Ceiling(i));
        var loss = new SigLipLoss(new LogitScale(1 / Temperature), new LogitBias(-1), blockwise: blockwise);
        loss.to(float64);
        double Scaled(double[] a, double[] b) => Loops.Cosine(a, b) * loss.Scale.Value;
        Agreement.Check(
            "SigLIP",
            (a, b) => loss.Compute(a, b, choice.AsTensors(TheGuide())),
            (a, b) => Enumerable.Range(0, Count).Average(i => Math.Log(1 + Math.Exp(-(Scaled(a[i], b[i]) - 1)))
                + Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(i, j)).Sum(j => choice.Weight(i, j) * Math.Log(1 + Math.Exp(Scaled(a[i], b[j]) - 1)))),
            Cases.Random(Count, Width, 1),
            Cases.Random(Count, Width, 2));
    }

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void A_queue_has_them_for_queries_by_keys(bool blockwise)
    {
        var choice = Choice.Of(Count, 2 * Count, null, (i, j) => Loops.Cosine(GuideAnchors[i], GuideOthers[j]) > Ceiling(i));
        var (queries, keys, queue) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(2 * Count, Width, 3));
        Agreement.Check(
            "queue",
            leaves => new InfoNceLoss(Temperature, blockwise: blockwise).Compute(leaves[0], leaves[1], leaves[2], choice.AsTensors(TheGuide(GuideOthers))),
            () => Enumerable.Range(0, Count).Average(i => Softmax(
                Score(queries[i], keys[i]), Enumerable.Range(0, queue.Length).Where(j => choice.Counts(i, j)).Select(j => choice.Weight(i, j) * Math.Exp(Score(queries[i], queue[j]))))),
            queries, keys, queue);
    }

    [Fact]
    public void Each_query_may_have_keys_of_its_own()
    {
        var choice = Choice.Of(Count, 2, null);
        var (queries, keys, own) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(2 * Count, Width, 3));
        Agreement.Check(
            "own keys",
            leaves => new InfoNceLoss(Temperature).Compute(leaves[0], leaves[1], leaves[2].view(Count, 2, Width), choice.AsTensors(null)),
            () => Enumerable.Range(0, Count).Average(i => Softmax(
                Score(queries[i], keys[i]), Enumerable.Range(0, 2).Where(k => choice.Counts(i, k)).Select(k => choice.Weight(i, k) * Math.Exp(Score(queries[i], own[(2 * i) + k]))))),
            queries, keys, own);
    }

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void A_pair_has_the_same_choice_in_both_halves_of_the_symmetric_loss(bool blockwise)
    {
        var choice = Choice.Of(Count, Count, Ids);
        var ofQueue = Choice.Of(Count, 2 * Count, null);
        double[][][] rows = [Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(Count, Width, 3), Cases.Random(Count, Width, 4), Cases.Random(2 * Count, Width, 5)];
        var loss = new SymmetricInfoNceLoss(Temperature, blockwise: blockwise);
        bool Rejects(double[] anchor, double[] other, int i) => Loops.Cosine(anchor, other) > Ceiling(i);

        double InBatch() => Enumerable.Range(0, Count).Average(i =>
            (Softmax(Score(rows[0][i], rows[3][i]), Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(i, j) && !Rejects(GuideAnchors[i], GuidePositives[j], i)).Select(j => choice.Weight(i, j) * Math.Exp(Score(rows[0][i], rows[3][j]))))
            + Softmax(Score(rows[1][i], rows[2][i]), Enumerable.Range(0, Count).Where(j => j != i && choice.Counts(j, i) && !Rejects(GuidePositives[i], GuideAnchors[j], i)).Select(j => choice.Weight(j, i) * Math.Exp(Score(rows[1][i], rows[2][j])))))
            / 2);
        Agreement.Check("in batch", leaves => loss.Compute(leaves[0], leaves[1], leaves[2], leaves[3], choice.AsTensors(TheGuide())), InBatch, rows[..4]);

        double WithQueue() => Enumerable.Range(0, Count).Average(i =>
            (Softmax(Score(rows[0][i], rows[3][i]), Kept(GuideAnchors[i], i).Select(k => ofQueue.Weight(i, k) * Math.Exp(Score(rows[0][i], rows[4][k]))))
            + Softmax(Score(rows[1][i], rows[2][i]), Kept(GuidePositives[i], i).Select(k => ofQueue.Weight(i, k) * Math.Exp(Score(rows[1][i], rows[4][k])))))
            / 2);
        IEnumerable<int> Kept(double[] anchor, int i) => Enumerable.Range(0, 2 * Count).Where(k => ofQueue.Counts(i, k) && !Rejects(anchor, GuideOthers[k], i));
        Agreement.Check("queue", leaves => loss.Compute(leaves[0], leaves[1], leaves[2], leaves[3], leaves[4], ofQueue.AsTensors(TheGuide(GuideOthers))), WithQueue, rows);
    }

    private static double Score(double[] a, double[] b) => Loops.Cosine(a, b) / Temperature;

    private static int Other(int i) => (i + Count) % (2 * Count);

    private static IEnumerable<int> Kept(int i, Choice choice) => Enumerable.Range(0, 2 * Count).Where(j => j != i && j != Other(i) && choice.Counts(i, j));

    private static double OfViews(double[][] view1, double[][] view2, Func<int, double[][], double> term)
    {
        double[][] z = [.. view1, .. view2];
        return Enumerable.Range(0, z.Length).Average(i => term(i, z));
    }
}
