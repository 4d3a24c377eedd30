using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class CaptionedImagesTests
{
    private static Tensor Pixels(int count) => arange(count * 12, ScalarType.Byte).reshape(count, 3, 2, 2);

    [Fact]
    public void Texts_are_the_captions_in_the_order_of_the_pictures()
    {
        using var set = new CaptionedImages("pets", Pixels(3), [["a", "b"], ["c"], ["d", "e", "f"]]);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], set.Texts);
        Assert.Equal([0, 0, 1, 2, 2, 2], set.ImageOfText.data<long>().ToArray());
        Assert.Equal(["0", "1", "2"], set.Names);
        Assert.Equal(3, set.Count);
        Assert.Equal("pets: 3 pictures 3×2×2, 6 captions", set.ToString());
    }

    [Fact]
    public void A_batch_is_the_chosen_pictures_between_0_and_1()
    {
        using var scope = NewDisposeScope();
        using var set = new CaptionedImages("pets", Pixels(3), [["a"], ["b"], ["c"]]);
        var batch = set.Batch(tensor(new long[] { 2, 0 }));
        Assert.Equal([2, 3, 2, 2], batch.shape);
        Assert.Equal(24 / 255f, batch[0, 0, 0, 0].item<float>());
        Assert.Equal(11 / 255f, batch[1, 2, 1, 1].item<float>());
    }

    [Fact]
    public void A_selection_keeps_captions_names_and_notes_with_their_pictures()
    {
        using var set = new CaptionedImages("pets", Pixels(3), [["a", "b"], ["c"], ["d"]], ["x.jpg", "y.jpg", "z.jpg"], ["One was broken."]);
        using var part = set.Select(tensor(new long[] { 2, 0 }));
        Assert.Equal(["d", "a", "b"], part.Texts);
        Assert.Equal([0, 1, 1], part.ImageOfText.data<long>().ToArray());
        Assert.Equal(["z.jpg", "x.jpg"], part.Names);
        Assert.Equal(["One was broken."], part.Notes);
        Assert.Equal(24, part.Images[0, 0, 0, 0].item<byte>());
    }

    [Fact]
    public void Selections_and_batches_leave_nothing_behind()
    {
        using var scope = NewDisposeScope();
        using var set = new CaptionedImages("pets", Pixels(3), [["a"], ["b"], ["c"]]);
        var before = scope.DisposablesCount;
        set.Select(tensor(new long[] { 1 }).DetachFromDisposeScope()).Dispose();
        set.Batch(tensor(new long[] { 1 }).DetachFromDisposeScope()).DetachFromDisposeScope().Dispose();
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void Class_names_become_captions_by_templates()
    {
        using var labeled = new ImageSet("cifar", Pixels(3), tensor(new long[] { 1, 0, 1 }), ["cat", "sea lion"]);
        using var set = CaptionedImages.OfClasses(labeled, ["a photo of a {}.", "{}"]);
        Assert.Equal(["a photo of a sea lion.", "sea lion"], set.Captions[0]);
        Assert.Equal(["a photo of a cat.", "cat"], set.Captions[1]);
        Assert.True(set.Images.equal(labeled.Images).all().item<bool>());
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        BadInput.Refused("Byte [N, C, H, W]", () => new CaptionedImages("pets", zeros(2, 3, 2, 2), [["a"], ["b"]]).Dispose());
        BadInput.Refused("There are 3 pictures, captions for 2", () => new CaptionedImages("pets", Pixels(3), [["a"], ["b"]]).Dispose());
        BadInput.Refused("Picture 'y.jpg' has no caption", () => new CaptionedImages("pets", Pixels(2), [["a"], []], ["x.jpg", "y.jpg"]).Dispose());
        BadInput.Refused("Picture '1' has a blank caption", () => new CaptionedImages("pets", Pixels(2), [["a"], [" "]]).Dispose());
        using var labeled = new ImageSet("cifar", Pixels(2), tensor(new long[] { 1, 0 }), ["cat", "dog"]);
        BadInput.Refused("'a photo of a' has no place for the class", () => CaptionedImages.OfClasses(labeled, ["a photo of a"]));
        BadInput.Refused("There are no templates", () => CaptionedImages.OfClasses(labeled, []));
    }
}
