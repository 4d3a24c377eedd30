using Contrastive.Sampling;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Sampling;

public sealed class BalancedBatchesTests
{
    /// <summary>Five classes of very different sizes.</summary>
    private static readonly long[] Labels = [.. new[] { 40, 4, 10, 25, 6 }.SelectMany((size, label) => Enumerable.Repeat(label * 10L, size)).Reverse()];

    [Fact]
    public void Each_batch_holds_P_classes_with_K_different_items()
    {
        using var labels = tensor(Labels);
        var sampler = new BalancedBatches(labels, classesPerBatch: 3, itemsPerClass: 4, seed: 1);
        Assert.Equal(85 / 12, sampler.BatchesPerEpoch);
        foreach (var batch in Enumerable.Range(0, 20).SelectMany(_ => Drawn.Epoch(sampler)))
        {
            Assert.Equal(12, batch.Distinct().Count());
            Assert.Equal([4, 4, 4], batch.GroupBy(item => Labels[item]).Select(group => group.Count()));
        }
    }

    [Fact]
    public void Classes_come_equally_often_and_so_do_the_items_of_a_class()
    {
        using var labels = tensor(Labels);
        var sampler = new BalancedBatches(labels, 2, 3, 1);
        var counts = new double[Labels.Length];
        for (var epoch = 0; epoch < 400; epoch++)
        {
            foreach (var item in Drawn.Epoch(sampler).SelectMany(batch => batch))
                counts[item]++;
        }

        var perClass = Labels.Distinct().Select(label => Enumerable.Range(0, 85).Where(i => Labels[i] == label).Sum(i => counts[i])).ToArray();
        Assert.Equal(400 * sampler.BatchesPerEpoch * 6, perClass.Sum());
        Assert.All(perClass, count => Assert.InRange(count / perClass.Average(), 0.97, 1.03));
        foreach (var label in Labels.Distinct())
        {
            var members = Enumerable.Range(0, 85).Where(i => Labels[i] == label).Select(i => counts[i]).ToArray();
            Assert.All(members, count => Assert.InRange(count / members.Average(), 0.8, 1.2));
        }
    }

    [Fact]
    public void A_class_that_is_too_small_is_refused_or_repeated_as_little_as_possible()
    {
        using var labels = tensor(new long[] { 7, 7, 7, 8, 8, 8, 8, 8 });
        BadInput.Refused("Class 7 has 3 item(s), fewer than the 5 required", () => _ = new BalancedBatches(labels, 2, 5, 1));
        var batch = Drawn.Epoch(new BalancedBatches(labels, 2, 5, 1, allowRepeats: true))[0];
        Assert.Equal([1, 2, 2], batch.Where(item => item < 3).GroupBy(item => item).Select(group => group.Count()).Order());
        Assert.Equal(5, batch.Where(item => item >= 3).Distinct().Count());
    }

    [Fact]
    public void Bad_input_is_refused_with_what_was_expected()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Labels);
        BadInput.Refused("expected 2 to 5", () => _ = new BalancedBatches(labels, 6, 2, 1));
        BadInput.Refused("expected 2 to 5", () => _ = new BalancedBatches(labels, 1, 2, 1));
        BadInput.Refused("no anchor has a positive", () => _ = new BalancedBatches(labels, 2, 1, 1));
        BadInput.Refused("Int64 [N]", () => _ = new BalancedBatches(labels.to(float32), 2, 2, 1));
    }
}
