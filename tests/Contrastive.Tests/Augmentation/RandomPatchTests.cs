using Contrastive.Augmentation;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Augmentation;

public sealed class RandomPatchTests
{
    [Fact]
    public void Equals_cutting_each_patch_alone()
    {
        using var scope = NewDisposeScope();
        var images = AugmentationTests.Images(6, 3, 8, 10);
        long[] top = [0, 1, 2, 3, 3, 0];
        long[] left = [5, 4, 3, 2, 0, 0];
        var patches = RandomPatch.Cut(images, tensor(top), tensor(left), 5);
        for (var i = 0; i < 6; i++)
            Assert.True(images[i].narrow(1, top[i], 5).narrow(2, left[i], 5).equal(patches[i]).all().item<bool>());
    }

    [Fact]
    public void All_places_are_equally_likely()
    {
        using var scope = NewDisposeScope();
        var places = arange(12, dtype: float32).view(1, 1, 3, 4).expand(6000, 1, 3, 4);
        var corners = new RandomPatch(2).Apply(places, new Generator(7))[.., 0, 0, 0];
        foreach (var corner in new[] { 0, 1, 2, 4, 5, 6 })
            Assert.InRange(corners.eq(corner).sum().item<long>(), 855, 1145);
    }
}
