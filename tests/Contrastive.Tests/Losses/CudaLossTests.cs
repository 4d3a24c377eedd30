using Contrastive.Losses;
using Contrastive.Sampling;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Losses;

/// <summary>The losses of two views with a choice of negatives, and the labeled ones with references, on CUDA as on the CPU.</summary>
public class CudaLossTests
{
    private const int Count = 40;
    private const int Width = 6;

    [Fact]
    public void Each_loss_with_negatives_has_the_same_value_and_gradient_on_cuda()
    {
        Assert.SkipUnless(cuda.is_available(), "There is no CUDA device here.");
        using var scope = NewDisposeScope();
        foreach (var blockwise in new[] { false, true })
        {
            Func<INegativesLoss>[] losses =
            [
                () => new NtXentLoss(0.2, blockwise: blockwise), () => new InfoNceLoss(0.2, blockwise: blockwise), () => new NPairLoss(),
                () => new MultipleNegativesRankingLoss(0.2, blockwise: blockwise), () => new ClipLoss(blockwise: blockwise), () => new SigLipLoss(blockwise: blockwise),
                () => new DecoupledContrastiveLoss(), () => new DebiasedContrastiveLoss(), () => new HardNegativeContrastiveLoss(normalize: false),
            ];
            foreach (var make in losses)
            {
                var (expected, actual) = (Gradient(make(), CPU), Gradient(make(), CUDA));
                Assert.True(expected.allclose(actual.cpu(), 1e-6, 1e-9), $"{make().GetType().Name}, blockwise: {blockwise}");
            }
        }
    }

    [Fact]
    public void Negatives_of_the_samplers_and_a_memory_are_made_on_cuda()
    {
        Assert.SkipUnless(cuda.is_available(), "There is no CUDA device here.");
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (queries, keys) = (Rows(1).to(CUDA), Rows(2).to(CUDA));
        var similarities = Contrastive.Torch.Similarity.Cosine(queries, keys);
        var itself = eye(Count, dtype: ScalarType.Bool, device: CUDA);
        var chosen = HardnessWeights.Negatives(similarities, 1, itself)
            .And(NegativeFilter.Negatives(similarities, similarities.diagonal()))
            .And(ImportanceSampling.Negatives(similarities, 20, 1, generator, itself));
        Assert.True(double.IsFinite(new InfoNceLoss().Compute(queries, keys, chosen).item<double>()));

        using var memory = new CrossBatchMemory(2 * Count, Width);
        memory.to(CUDA);
        memory.Enqueue(keys.to(float32), arange(Count, device: CUDA) % 5);
        var anchors = queries.to(float32).requires_grad_();
        var labels = arange(Count, device: CUDA) % 5;
        foreach (var loss in new ILabeledLoss[] { new SupervisedContrastiveLoss(), new LabeledNtXentLoss(), new TripletLoss(swap: true), new LiftedStructureLoss(), new PairwiseContrastiveLoss() })
        {
            var value = loss.Compute(anchors, labels, memory.Embeddings, memory.Labels);
            value.backward();
            Assert.True(float.IsFinite(value.item<float>()));
        }
    }

    private static Tensor Gradient(INegativesLoss loss, Device device)
    {
        if (loss is nn.Module module)
            module.to(float64).to(device);
        var (a, b) = (Rows(1).to(device).requires_grad_(), Rows(2).to(device).requires_grad_());
        var size = loss is NtXentLoss or DecoupledContrastiveLoss or DebiasedContrastiveLoss or HardNegativeContrastiveLoss ? 2 * Count : Count;
        var negatives = new Negatives
        {
            Exclude = Rows(3, size, size).to(device) > 0.8,
            LogWeights = Rows(4, size, size).to(device),
            Ids = (arange(Count) % 30).to(device),
            Guide = new Guide(Rows(5).to(device), Rows(6).to(device)),
        };
        var value = loss.Compute(a, b, negatives);
        value.backward();
        return cat([value.detach().view(1, 1).expand(1, Width), a.grad!, b.grad!], dim: 0); // [1 + 2N, D]
    }

    private static Tensor Rows(int seed, int count = Count, int width = Width)
    {
        using var generator = new Generator((ulong)seed);
        return randn([count, width], float64, generator: generator);
    }
}
