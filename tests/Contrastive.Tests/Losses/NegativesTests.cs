using Contrastive.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>What a loss is told of its negatives (mask, weights, ids, a guide), against the equation written as loops.</summary>
public class NegativesTests
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
        var loss = new SigLipLoss(new LogitScale(1 / Temperature), bias: -1, blockwise: blockwise);
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
    public void A_ranking_loss_has_them_for_anchors_by_positives_and_then_hard_negatives(bool blockwise)
    {
        double[][] guideDocuments = [.. GuidePositives, .. GuideOthers];
        long[] ids = [0, 1, 0, 2, 3, 7, 1, 8, 9, 2, 2, 4, 4, 4, 0]; // of the positives, then two for each anchor
        var (anchors, positives, hard) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(2 * Count, Width, 3));
        var choice = Choice.Of(Count, 3 * Count, ids, (i, j) => Loops.Cosine(GuideAnchors[i], guideDocuments[j]) > Ceiling(i));
        var idsByRow = Enumerable.Range(0, Count).SelectMany(i => new[] { ids[i], ids[Count + (2 * i)], ids[Count + (2 * i) + 1] }).ToArray();
        double[][] Documents() => [.. positives, .. hard];
        Agreement.Check(
            "ranking",
            leaves => new MultipleNegativesRankingLoss(Temperature, hardNegativeWeight: 0.4, blockwise: blockwise).Compute(
                leaves[0], leaves[1], leaves[2].view(Count, 2, Width), choice.AsTensors(TheGuide(GuideOthers, 2)) with { Ids = tensor(idsByRow, [Count, 3]) }),
            () => Enumerable.Range(0, Count).Average(i => Softmax(
                Score(anchors[i], positives[i]),
                Enumerable.Range(0, 3 * Count).Where(j => j != i && choice.Counts(i, j)).Select(j =>
                    choice.Weight(i, j) * Math.Exp(Score(anchors[i], Documents()[j]) + (j >= Count && (j - Count) / 2 == i ? 0.4 : 0))))),
            anchors, positives, hard);
    }

    /// <summary>The formula of the doc comment, with ids and a guide in each direction.</summary>
    [Theory]
    [InlineData(RankingDirections.QueryToDocument | RankingDirections.DocumentToQuery, false)]
    [InlineData(RankingDirections.QueryToDocument | RankingDirections.QueryToQuery, false)]
    [InlineData(RankingDirections.QueryToDocument | RankingDirections.DocumentToDocument, true)]
    [InlineData(RankingDirections.All, false)]
    [InlineData(RankingDirections.All, true)]
    public void A_ranking_loss_ranks_in_each_direction(RankingDirections directions, bool separate)
    {
        double[][] guideDocuments = [.. GuidePositives, .. GuideOthers];
        var (queries, positives, hard) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(2 * Count, Width, 3));
        foreach (var isChosen in new[] { false, true })
        {
            double Oracle()
            {
                double[][] documents = [.. positives, .. hard];
                bool Free(int i, int j, double[] guideRow, double[] guideColumn) =>
                    !isChosen || ((j >= Count || Ids[i] != Ids[j]) && Loops.Cosine(guideRow, guideColumn) <= Ceiling(i));
                double Sum(double[] row, double[][] columns, Func<int, bool> isNegative) =>
                    Enumerable.Range(0, columns.Length).Where(isNegative).Sum(j => Math.Exp(Score(row, columns[j])));
                return Enumerable.Range(0, Count).Average(i =>
                {
                    var positive = Math.Exp(Score(queries[i], positives[i]));
                    List<double> sums = [positive + Sum(queries[i], documents, j => j != i && Free(i, j, GuideAnchors[i], guideDocuments[j]))];
                    if (directions.HasFlag(RankingDirections.DocumentToQuery))
                        sums.Add(positive + Sum(positives[i], queries, j => j != i && Free(i, j, GuidePositives[i], GuideAnchors[j])));
                    if (directions.HasFlag(RankingDirections.QueryToQuery))
                        sums.Add(Sum(queries[i], queries, j => j != i && Free(i, j, GuideAnchors[i], GuideAnchors[j])));
                    if (directions.HasFlag(RankingDirections.DocumentToDocument))
                        sums.Add(Sum(positives[i], documents, j => j != i && (j < Count || (j - Count) / 2 != i) && Free(i, j, GuidePositives[i], guideDocuments[j])));
                    return separate ? sums.Average(sum => sum == 0 ? 0 : Math.Log(sum / positive)) : Math.Log(sums.Sum() / positive);
                });
            }

            foreach (var blockwise in new[] { false, true })
            {
                var loss = new MultipleNegativesRankingLoss(Temperature, directions: directions, separate: separate, blockwise: blockwise);
                Agreement.Check(
                    $"{directions}, separate: {separate}, {isChosen}, {blockwise}",
                    leaves => loss.Compute(
                        leaves[0], leaves[1], leaves[2].view(Count, 2, Width), isChosen ? new Negatives { Ids = tensor(Ids).to(uint8), Guide = TheGuide(GuideOthers, 2) } : Negatives.All),
                    Oracle,
                    queries, positives, hard);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Blockwise))]
    public void An_anchor_without_a_negative_costs_nothing_and_has_no_gradient(bool blockwise)
    {
        using var scope = NewDisposeScope();
        var nothing = new Negatives { Exclude = ones(4, 4, dtype: ScalarType.Bool) };
        foreach (var loss in new INegativesLoss[] { new InfoNceLoss(blockwise: blockwise), new ClipLoss(blockwise: blockwise), new MultipleNegativesRankingLoss(blockwise: blockwise), new NPairLoss() })
        {
            var (a, b) = (randn(4, 3).requires_grad_(), randn(4, 3));
            var value = loss.Compute(a, b, nothing);
            value.backward();
            Assert.Equal(0, value.item<float>());
            Assert.Equal(0, a.grad!.abs().max().item<float>());
        }

        var all = new Negatives { Exclude = ones(8, 8, dtype: ScalarType.Bool) };
        foreach (var loss in new INegativesLoss[] { new NtXentLoss(blockwise: blockwise), new DebiasedContrastiveLoss(), new HardNegativeContrastiveLoss(), new DecoupledContrastiveLoss() })
        {
            var (a, b) = (randn(4, 3).requires_grad_(), randn(4, 3));
            var value = loss.Compute(a, b, all);
            value.backward();
            Assert.Equal(0, value.item<float>());
            Assert.Equal(0, a.grad!.abs().max().item<float>());
        }
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

    [Fact]
    public void The_weight_of_an_anchors_own_hard_negatives_is_exact()
    {
        var (anchors, positives, hard) = (Cases.Random(Count, Width, 1), Cases.Random(Count, Width, 2), Cases.Random(Count, Width, 3));
        var onlyOwn = ones(Count, 2 * Count, dtype: ScalarType.Bool);
        onlyOwn.diagonal(offset: Count).fill_(false);
        Agreement.Check(
            "own hard negatives",
            leaves => new MultipleNegativesRankingLoss(Temperature, hardNegativeWeight: 0.4).Compute(leaves[0], leaves[1], leaves[2], new Negatives { Exclude = onlyOwn }),
            () => Enumerable.Range(0, Count).Average(i => Softmax(Score(anchors[i], positives[i]), [Math.Exp(Score(anchors[i], hard[i]) + 0.4)])),
            anchors, positives, hard);
    }

    [Fact]
    public void A_nearly_solved_batch_keeps_its_digits()
    {
        using var scope = NewDisposeScope();
        var views = eye(6, dtype: float64) + (0.05 * randn([6, 6], float64, generator: new Generator(3)));
        foreach (var loss in new INegativesLoss[] { new NtXentLoss(0.04), new InfoNceLoss(0.04), new MultipleNegativesRankingLoss(0.04), new ClipLoss(new LogitScale(25)), new HardNegativeContrastiveLoss(1, 0, 0.04), new NPairLoss() })
        {
            var factor = loss is NPairLoss ? 5 : 1;
            var exact = (views * factor).requires_grad_();
            var single = exact.detach().to(float32).requires_grad_();
            var (expected, actual) = (loss.Compute(exact, exact.detach()), loss.Compute(single, single.detach()));
            expected.backward();
            actual.backward();
            Assert.InRange(actual.item<float>() / expected.to(float64).item<double>(), 1 - 1e-4, 1 + 1e-4);
            Assert.InRange((single.grad!.to(float64) - exact.grad!).abs().max().item<double>(), 0, 1e-4 * exact.grad!.abs().max().item<double>());
        }
    }

    [Fact]
    public void Two_choices_become_one_that_leaves_out_what_either_does_and_multiplies_weights()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Choice.Of(4, 4, null).AsTensors(null), new Negatives { Exclude = eye(4, dtype: ScalarType.Bool).flip(0), LogWeights = ones(4, 4, dtype: float64), Ids = arange(4) });
        var both = first.And(second);
        Assert.True(both.Exclude!.eq(first.Exclude!.logical_or(second.Exclude!)).all().item<bool>());
        Assert.True(both.LogWeights!.allclose(first.LogWeights! + 1));
        Assert.Same(second.Ids, both.Ids);
        Assert.Same(first.Exclude, first.And(new Negatives()).Exclude);
        BadInput.Refused("Both have Ids", () => second.And(second));
        BadInput.Refused("Both have a Guide", () => new Negatives { Guide = TheGuide() }.And(new Negatives { Guide = TheGuide() }));
    }

    [Fact]
    public void A_loss_of_ones_own_applies_them_to_its_scores()
    {
        using var scope = NewDisposeScope();
        var (a, b, hard) = (Agreement.Leaf(Cases.Random(4, 3, 1)), Agreement.Leaf(Cases.Random(4, 3, 2)), Agreement.Leaf(Cases.Random(8, 3, 3)));
        var ids = tensor(new long[] { 0, 1, 0, 2 });
        var inBatch = Choice.Of(4, 4, null).AsTensors(null) with { Ids = ids };
        var scores = a.mm(b.t()).detach().requires_grad_();
        var own = nn.functional.cross_entropy(inBatch.Apply(scores), arange(4));
        own.backward();
        Assert.Equal(new InfoNceLoss(1, normalize: false).Compute(a, b, inBatch).item<double>(), own.item<double>(), 12);
        Assert.Equal(0, scores.grad![0, 2].item<double>());
        Assert.NotEqual(0, scores.grad![1, 1].item<double>());

        var withHard = Choice.Of(4, 12, null).AsTensors(null) with { Ids = ids };
        Assert.Equal(
            new MultipleNegativesRankingLoss(1, normalize: false).Compute(a, b, hard.view(4, 2, 3), withHard).item<double>(),
            nn.functional.cross_entropy(withHard.Apply(a.mm(cat([b, hard]).t())), arange(4)).item<double>(),
            12);
        BadInput.Refused("or a multiple of 4 columns", () => Negatives.All.Apply(ones(4, 6)));
        BadInput.Refused("expected Bool [4, 8]", () => inBatch.Apply(ones(4, 8)));
    }

    [Fact]
    public void Weights_of_the_candidates_alone_are_those_of_every_anchor()
    {
        using var scope = NewDisposeScope();
        var (a, b, weights) = (randn(4, 3), randn(4, 3), randn(4));
        var (ofAnyAnchor, ofTexts) = (new Negatives { LogWeights = weights }, new Negatives { LogWeights = weights.expand(4, 4).clone() });
        foreach (var blockwise in new[] { false, true })
        {
            var loss = new InfoNceLoss(0.07, blockwise: blockwise);
            Assert.Equal(loss.Compute(a, b, ofTexts).item<float>(), loss.Compute(a, b, ofAnyAnchor).item<float>(), 5);

            // CLIP's other direction has images as candidates.
            var both = (loss.Compute(a, b, ofTexts) + loss.Compute(b, a, ofTexts)) / 2;
            Assert.Equal(both.item<float>(), new ClipLoss(blockwise: blockwise).Compute(a, b, ofAnyAnchor).item<float>(), 4);
        }
    }

    [Fact]
    public void What_does_not_fit_the_batch_is_refused()
    {
        using var scope = NewDisposeScope();
        var (a, b, hard) = (ones(4, 3), ones(4, 3), ones(4, 3));
        var (nce, ntXent, ranking) = (new InfoNceLoss(), new NtXentLoss(), new MultipleNegativesRankingLoss());
        BadInput.Refused("Exclude is Bool [4, 5]; expected Bool [4, 4]", () => nce.Compute(a, b, new Negatives { Exclude = ones(4, 5, dtype: ScalarType.Bool) }));
        BadInput.Refused("expected Bool [8, 8]", () => ntXent.Compute(a, b, new Negatives { Exclude = ones(4, 4, dtype: ScalarType.Bool) }));
        BadInput.Refused("expected Bool [4, 4]", () => nce.Compute(a, b, new Negatives { Exclude = ones(4, 4) }));
        BadInput.Refused("expected Bool [4, 8]", () => ranking.Compute(a, b, hard, new Negatives { Exclude = ones(4, 4, dtype: ScalarType.Bool) }));
        BadInput.Refused("LogWeights holds NaN or infinite", () => nce.Compute(a, b, new Negatives { LogWeights = ones(4, 4).log() / 0 }));
        BadInput.Refused("expected float [4], one for each candidate; or float [4, 4]", () => nce.Compute(a, b, new Negatives { LogWeights = ones(5) }));
        BadInput.Refused("Ids is Int64 [3]", () => nce.Compute(a, b, new Negatives { Ids = arange(3) }));
        BadInput.Refused("no ids", () => nce.Compute(a, b, ones(6, 3), new Negatives { Ids = arange(4) }));
        BadInput.Refused("Guide.Anchors is Float32 [3, 2]; expected float [4, 2]", () => nce.Compute(a, b, new Negatives { Guide = new Guide(ones(3, 2), ones(3, 2)) }));
        BadInput.Refused("Guide.Others", () => nce.Compute(a, b, new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2), ones(4, 2)) }));
        BadInput.Refused("Guide.Others", () => nce.Compute(a, b, ones(6, 3), new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2), ones(5, 2)) }));
        BadInput.Refused("Guide.Others is null; expected float [6, 2]", () => nce.Compute(a, b, ones(6, 3), new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2)) }));
        BadInput.Refused("Guide.Others is null; expected float [4, 1, 2]", () => ranking.Compute(a, b, hard, new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2)) }));
        BadInput.Refused("expected float [4, 2, 2]", () => ranking.Compute(a, b, ones(4, 2, 3), new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2), ones(2, 4, 2)) }));
        BadInput.Refused("keys that all queries share", () => nce.Compute(a, b, ones(4, 6, 3), new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2), ones(6, 2)) }));
        BadInput.Refused("no hard negatives", () => ranking.Compute(a, b, new Negatives { Guide = new Guide(ones(4, 2), ones(4, 2), ones(4, 2)) }));
        BadInput.Refused("Margin is -1", () => _ = new Guide(a, b) { Margin = -1 });
        BadInput.Refused("directions is QueryToQuery", () => _ = new MultipleNegativesRankingLoss(directions: RankingDirections.QueryToQuery));
        BadInput.Refused("say nothing of directions", () => new MultipleNegativesRankingLoss(directions: RankingDirections.All).Compute(a, b, new Negatives { Exclude = ones(4, 4, dtype: ScalarType.Bool) }));
        BadInput.Refused("negatives", () => nce.Compute(a, b, (Negatives)null!));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var outer = NewDisposeScope();
        var negatives = Choice.Of(Count, Count, Ids).AsTensors(TheGuide());
        var (a, b) = (randn(Count, Width).requires_grad_(), randn(Count, Width));
        foreach (var loss in new INegativesLoss[] { new InfoNceLoss(), new InfoNceLoss(blockwise: true), new ClipLoss(blockwise: true), new SigLipLoss(blockwise: true), new MultipleNegativesRankingLoss(), new NPairLoss() })
        {
            var floats = negatives with { LogWeights = negatives.LogWeights!.to(float32), Guide = new Guide(negatives.Guide!.Anchors.to(float32), negatives.Guide.Positives.to(float32)) };
            var before = outer.DisposablesCount;
            using var value = loss.Compute(a, b, floats);
            Assert.Equal(before + 1, outer.DisposablesCount);
            value.backward();
        }

        var ofViews = new Negatives { Exclude = Choice.Of(2 * Count, 2 * Count, null).AsTensors(null).Exclude, Ids = tensor(Ids), Guide = new Guide(randn(Count, 2), randn(Count, 2)) };
        var ofRanking = new Negatives { Ids = tensor(Ids), Guide = new Guide(randn(Count, 2), randn(Count, 2), randn(Count, 2)) };
        var hard = randn(Count, Width);
        Func<Tensor>[] others =
        [
            () => new NtXentLoss().Compute(a, b, ofViews), () => new NtXentLoss(blockwise: true).Compute(a, b, ofViews), () => new DecoupledContrastiveLoss().Compute(a, b, ofViews),
            () => new HardNegativeContrastiveLoss().Compute(a, b, ofViews), () => new MultipleNegativesRankingLoss(directions: RankingDirections.All).Compute(a, b, hard, ofRanking),
            () => new SymmetricInfoNceLoss().Compute(a, b, a, b, new Negatives { Ids = ofRanking.Ids }),
        ];
        foreach (var compute in others)
        {
            var before = outer.DisposablesCount;
            using var value = compute();
            Assert.Equal(before + 1, outer.DisposablesCount);
            value.backward();
        }
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
