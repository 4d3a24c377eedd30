using Contrastive.Augmentation;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class CudaAugmentationTests
{
    [Fact]
    public void A_generator_on_the_cpu_gives_the_same_views_of_images_on_cuda()
    {
        Assert.SkipUnless(cuda.is_available(), "There is no CUDA device here.");
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(16, 3, 32, 32);
        var augmentation = SimClrAugmentation.ImageNet(32).Create();
        var expected = augmentation.Apply(images, new Generator(1));
        var actual = augmentation.Apply(images.cuda(), new Generator(1));
        Assert.Equal(DeviceType.CUDA, actual.device_type);
        Assert.True(expected.allclose(actual.cpu(), 1e-3, 1e-4));
    }

    [Fact]
    public void A_generator_on_the_cpu_changes_tokens_and_embeddings_on_cuda_as_on_the_cpu()
    {
        Assert.SkipUnless(cuda.is_available(), "There is no CUDA device here.");
        using var scope = NewDisposeScope();
        var ids = arange(60).view(4, 15);
        var masking = new TokenMasking(maskId: 4, vocabularySize: 100, specialIds: [0]);
        Assert.True(masking.Apply(ids, new Generator(1)).InputIds.Equals(masking.Apply(ids.cuda(), new Generator(1)).InputIds.cpu()));
        var embeddings = ones(4, 15, 8);
        foreach (var apply in new Func<Tensor, Generator, Tensor>[] { new EmbeddingDropout(0.3).Apply, (rows, generator) => new EmbeddingCutoff(Cutoff.Span, 0.3).Apply(rows, generator) })
            Assert.True(apply(embeddings, new Generator(1)).allclose(apply(embeddings.cuda(), new Generator(1)).cpu()));
    }
}
