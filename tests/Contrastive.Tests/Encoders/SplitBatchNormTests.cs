using Contrastive.Encoders;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class SplitBatchNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Normalizes_each_interleaved_part_by_its_own_statistics(int splits)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var layer = new SplitBatchNorm(3, splits);
        var images = randn(8, 3, 2, 2);
        var output = layer.call(images);
        for (var part = 0; part < splits; part++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var values = new List<double>();
                for (var sample = part; sample < 8; sample += splits)
                    values.AddRange(images[sample, channel].reshape(-1).data<float>().Select(value => (double)value));
                var mean = values.Average();
                var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + 1e-5);
                for (var sample = part; sample < 8; sample += splits)
                    Assert.Equal((images[sample, channel, 1, 0].item<float>() - mean) / deviation, output[sample, channel, 1, 0].item<float>(), 1e-5);
            }
        }
    }

    [Fact]
    public void Is_plain_batch_norm_with_one_part_and_in_evaluation()
    {
        using var scope = NewDisposeScope();
        var (plain, split) = (nn.BatchNorm1d(5), new SplitBatchNorm(5, 1));
        for (var batch = 0; batch < 3; batch++)
        {
            var rows = randn(6, 5) * (batch + 1);
            Assert.True(plain.call(rows).allclose(split.call(rows), atol: 1e-6));
        }

        Assert.Equal(plain.state_dict().Keys.Order(), split.state_dict().Keys.Order());
        foreach (var (name, tensor) in plain.state_dict())
            Assert.True(tensor.to(float32).allclose(split.state_dict()[name].to(float32), atol: 1e-6), name);

        plain.eval();
        split.eval();
        var last = randn(5, 5);
        Assert.True(plain.call(last).allclose(split.call(last), atol: 1e-6));
    }

    [Fact]
    public void Keeps_the_mean_of_the_parts_as_running_statistics()
    {
        using var scope = NewDisposeScope();
        var layer = new SplitBatchNorm(1, 2, momentum: 1);
        layer.call(tensor(new float[] { 1, 10, 3, 30 }).view(4, 1));
        Assert.Equal((2 + 20) / 2f, layer.get_buffer("running_mean")!.item<float>(), 1e-5);
        Assert.Equal((2 + 200) / 2f, layer.get_buffer("running_var")!.item<float>(), 1e-3);
    }

    [Fact]
    public void Hides_a_sample_from_the_statistics_of_the_other_part()
    {
        using var scope = NewDisposeScope();
        var layer = new SplitBatchNorm(2, 2);
        var rows = randn(6, 2).requires_grad_();
        layer.call(rows)[1].sum().backward();
        Assert.Equal(0, rows.grad![0].abs().sum().item<float>());
        Assert.NotEqual(0, rows.grad![3].abs().sum().item<float>());
    }

    [Fact]
    public void Works_in_a_network_in_channels_last_memory()
    {
        using var scope = NewDisposeScope();
        var network = ResNet.ResNet18(ResNetStem.Cifar, batchNormSplits: 2);
        Assert.Equal([4, 512], network.call(randn(4, 3, 8, 8)).shape);
        Assert.Equal(ResNet.ResNet18().state_dict().Keys, network.state_dict().Keys);
        Assert.Equal(new SmallResNet().state_dict().Keys, new SmallResNet(batchNormSplits: 2).state_dict().Keys);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmallResNet(batchNormSplits: 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Lets_nothing_pass_between_the_parts_anywhere_in_encoder_and_head(int splits)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var network = nn.Sequential(new SmallResNet(width: 4, batchNormSplits: splits), new ProjectionHead(16, 16, 8, batchNormSplits: splits));
        var images = randn(8, 3, 16, 16);
        var before = network.call(images);
        var other = images.clone();
        other[1].zero_();
        var moved = (network.call(other) - before).abs().sum(dim: 1).data<float>().ToArray(); // [8]
        for (var sample = 0; sample < 8; sample++)
            Assert.Equal(splits == 1 || sample % splits == 1, moved[sample] > 0);
    }

    [Fact]
    public void Refuses_a_batch_that_does_not_divide()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("does not divide", Assert.Throws<ArgumentException>(() => new SplitBatchNorm(2, 4).call(randn(6, 2))).Message);
        Assert.Throws<ArgumentException>(() => new SplitBatchNorm(2, 2).call(randn(6, 3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitBatchNorm(2, 0));
    }
}
