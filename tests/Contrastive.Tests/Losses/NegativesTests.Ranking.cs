using Contrastive.Losses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>The same for ranking losses, which have hard negatives and directions.</summary>
public partial class NegativesTests
{
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
}
