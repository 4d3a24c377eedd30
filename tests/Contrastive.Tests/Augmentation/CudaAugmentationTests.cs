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
}
