using Contrastive.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Data;

public sealed class ImageSetTests
{
    [Fact]
    public void A_batch_is_the_chosen_images_divided_by_255()
    {
        using var set = Numbered(5);
        using var batch = set.Batch(tensor(new long[] { 4, 0, 4 }));

        Assert.Equal(ScalarType.Float32, batch.dtype);
        Assert.Equal([3, 2, 3, 3], batch.shape);
        var expected = new[] { 4, 0, 4 }.SelectMany(image => Enumerable.Range(image * 18, 18)).Select(value => value / 255f);
        Assert.Equal(expected, batch.data<float>().ToArray());
    }

    [Fact]
    public void Taking_and_selecting_keep_images_and_labels_together()
    {
        using var set = Numbered(6);
        using var first = set.Take(2);
        using var chosen = set.Select(tensor(new long[] { 5, 1 }));

        Assert.Equal([0, 1], first.Labels.data<long>().ToArray());
        Assert.Equal([2, 1], chosen.Labels.data<long>().ToArray()); // labels are i mod 3
        Assert.Equal(5 * 18, chosen.Images[0, 0, 0, 0].item<byte>());
        Assert.Equal("Numbered", chosen.Name);
    }

    [Fact]
    public void A_set_outlives_the_scope_it_was_made_in_and_its_parent()
    {
        ImageSet part;
        using (NewDisposeScope())
        {
            using var whole = Numbered(4);
            part = whole.To(CPU).Take(3);
        }

        using (part)
        using (var batch = part.Batch(tensor(new long[] { 2 })))
        {
            Assert.Equal(36 / 255f, batch[0, 0, 0, 0].item<float>());
        }
    }

    [Fact]
    public void A_batch_leaves_no_other_tensor_behind()
    {
        using var set = Numbered(4);
        using var indices = tensor(new long[] { 2 });
        using var scope = NewDisposeScope();
        set.Batch(indices);

        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void Colors_are_one_for_each_image_or_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Null(Numbered(4).Colors);
        Assert.Contains("Colors is Int64 [3]; expected Int64 [4]", Assert.Throws<ArgumentException>(() =>
            new ImageSet("x", zeros([4, 1, 2, 2], ScalarType.Byte), zeros(4, ScalarType.Int64), ["a"]) { Colors = zeros(3, ScalarType.Int64) }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_describes_itself_in_one_line()
    {
        using var set = Numbered(4);
        Assert.Equal("Numbered: 4 images 2×3×3, 3 classes", set.ToString());
    }

    [Fact]
    public void Wrong_tensors_are_refused_with_what_was_expected()
    {
        using var images = zeros([2, 1, 4, 4], ScalarType.Byte);
        using var labels = tensor(new long[] { 0, 3 });

        Assert.Contains("images is Float32 [2, 1, 4, 4]; expected Byte [N, C, H, W]",
            Assert.Throws<ArgumentException>(() => new ImageSet("x", images.to(ScalarType.Float32), labels, ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains("labels is Int64 [1]; expected Int64 [2], one for each image",
            Assert.Throws<ArgumentException>(() => new ImageSet("x", images, labels[..1], ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains("Labels run from 0 to 3, but there are 3 class names: use 0 to 2",
            Assert.Throws<ArgumentException>(() => new ImageSet("x", images, labels, ["a", "b", "c"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_more_than_there_is_says_how_many_there_are()
    {
        using var set = Numbered(4);
        Assert.Contains("expected 1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => set.Take(5)).Message, StringComparison.Ordinal);
        Assert.Contains("indices is Float32 [1]; expected Int64 [B]",
            Assert.Throws<ArgumentException>(() => set.Batch(tensor(new[] { 1f }))).Message, StringComparison.Ordinal);
    }

    /// <summary>Images [count, 2, 3, 3] whose bytes count up from 0; labels 0, 1, 2, 0, 1, 2 …</summary>
    private static ImageSet Numbered(int count)
    {
        var bytes = Enumerable.Range(0, count * 18).Select(value => (byte)value).ToArray();
        var labels = Enumerable.Range(0, count).Select(image => (long)(image % 3)).ToArray();
        return new ImageSet("Numbered", tensor(bytes).reshape(count, 2, 3, 3), tensor(labels), ["a", "b", "c"]);
    }
}
