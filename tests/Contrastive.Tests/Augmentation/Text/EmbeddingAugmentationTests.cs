using Contrastive.Augmentation;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class EmbeddingAugmentationTests
{
    [Fact]
    public void Dropout_zeroes_with_the_probability_and_keeps_the_mean()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var view = new EmbeddingDropout(0.3).Apply(ones(50, 20, 40), generator);
        Assert.Equal(0.3, (view == 0).to(float32).mean().item<float>(), 0.01);
        Assert.True((view[view != 0] - (1 / 0.7)).abs().max().item<float>() < 1e-6);
        Assert.True(new EmbeddingDropout(0).Apply(ones(2, 3, 4), generator).allclose(ones(2, 3, 4), 0, 0));
    }

    [Theory]
    [InlineData(Cutoff.Token)]
    [InlineData(Cutoff.Span)]
    public void Whole_tokens_are_cut_by_the_fraction_of_each_text_s_length(Cutoff cutoff)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        long[] lengths = [10, 4, 1, 7];
        var mask = arange(10).unsqueeze(0) < tensor(lengths).unsqueeze(1); // [4, 10]
        var hits = new double[10];
        for (var draw = 0; draw < 500; draw++)
        {
            using var step = NewDisposeScope();
            var view = new EmbeddingCutoff(cutoff, 0.3).Apply(ones(4, 10, 3), generator, mask);
            var cut = (view == 0).all(2); // [4, 10]
            Assert.True(((view == 0).any(2) == cut).all().item<bool>()); // a token is cut entirely or not at all
            Assert.Equal([3, 1, 0, 2], cut.sum(dim: 1).data<long>().ToArray());
            Assert.False(cut.logical_and(mask.logical_not()).any().item<bool>());
            var places = cut[0].data<bool>().ToArray().Select((isCut, i) => (isCut, i)).Where(entry => entry.isCut).Select(entry => entry.i).ToArray();
            if (cutoff == Cutoff.Span)
                Assert.Equal(2, places[^1] - places[0]);
            foreach (var place in places)
                hits[place]++;
        }

        Assert.All(hits, count => Assert.True(count > 20, "each place is cut now and then"));
        if (cutoff == Cutoff.Token)
            Assert.All(hits, count => Assert.Equal(0.3, count / 500, 0.08));
    }

    [Fact]
    public void Features_are_cut_from_all_tokens_of_a_text_alike()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var view = new EmbeddingCutoff(Cutoff.Feature, 0.25).Apply(ones(6, 5, 8), generator);
        var cut = (view == 0).all(1); // [6, 8]
        Assert.True(((view == 0).any(1) == cut).all().item<bool>());
        Assert.Equal(Enumerable.Repeat(2L, 6), cut.sum(dim: 1).data<long>().ToArray());
        Assert.False((cut == cut[..1]).all().item<bool>()); // texts differ
    }

    [Fact]
    public void Gradients_flow_through_what_stays_and_only_the_view_is_left_behind()
    {
        using var generator = new Generator(1);
        using var embeddings = ones(2, 4, 3).requires_grad_();
        using var scope = NewDisposeScope();
        var view = new EmbeddingCutoff(Cutoff.Token, 0.5).Apply(embeddings, generator);
        Assert.Equal(1, scope.DisposablesCount);
        view.sum().backward();
        Assert.True(embeddings.grad!.allclose(view.detach(), 0, 0));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        BadInput.Refused("expected float [B, L, D]", () => new EmbeddingDropout().Apply(ones(2, 3), generator));
        BadInput.Refused("[0, 1)", () => _ = new EmbeddingDropout(1));
        BadInput.Refused("[0, 1]", () => _ = new EmbeddingCutoff(Cutoff.Token, 2));
        BadInput.Refused("expected [2, 3]", () => new EmbeddingCutoff(Cutoff.Token).Apply(ones(2, 3, 4), generator, ones(2, 4)));
    }
}
