using Contrastive.Losses;
using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <content>Batches without negatives, nearly solved ones, choices combined and applied by hand, bad input, memory.</content>
public partial class NegativesTests
{
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
}
