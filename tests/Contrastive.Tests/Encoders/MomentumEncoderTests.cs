using Contrastive.Encoders;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

public class MomentumEncoderTests
{
    [Fact]
    public void Starts_as_an_exact_copy_without_gradient()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var source = new SmallResNet(width: 4);
        source.call(randn(4, 3, 16, 16)); // updates the running statistics
        var follower = new MomentumEncoder(source, new SmallResNet(width: 4));
        source.eval();
        follower.eval();
        var images = randn(2, 3, 16, 16);
        Assert.True(source.call(images).equal(follower.call(images)).all().item<bool>());
        Assert.False(follower.call(images).requires_grad);
        Assert.All(follower.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.All(source.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    [InlineData(1)]
    public void Follows_equation_2(double momentum)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var source = new SmallResNet(width: 4);
        var follower = new MomentumEncoder(source, new SmallResNet(width: 4), momentum);
        var expected = source.parameters().Select(parameter => parameter.detach().clone().to(float64)).ToArray();
        for (var step = 0; step < 3; step++)
        {
            using (no_grad())
            {
                foreach (var parameter in source.parameters())
                    parameter.add_(randn_like(parameter));
            }

            follower.Update();
            expected = [.. expected.Zip(source.parameters(), (old, parameter) => (momentum * old) + ((1 - momentum) * parameter.detach().to(float64)))];
        }

        foreach (var (mine, parameter) in expected.Zip(follower.parameters()))
            Assert.True(mine.allclose(parameter.to(float64), rtol: 1e-5, atol: 1e-6));
    }

    [Theory]
    [InlineData(MomentumBuffers.Own, 5)]
    [InlineData(MomentumBuffers.Copy, 1)]
    [InlineData(MomentumBuffers.Average, 4)]
    public void Treats_buffers_as_chosen(MomentumBuffers buffers, float expected)
    {
        using var scope = NewDisposeScope();
        var source = nn.BatchNorm1d(2);
        var follower = new MomentumEncoder(source, nn.BatchNorm1d(2), 0.75, buffers);
        source.get_buffer("running_mean")!.fill_(1);
        source.get_buffer("num_batches_tracked")!.fill_(7);
        follower.get_buffer("encoder.running_mean")!.fill_(5);
        follower.Update();
        Assert.Equal(expected, follower.get_buffer("encoder.running_mean")![0].item<float>(), 1e-6);
        Assert.Equal(buffers == MomentumBuffers.Own ? 0 : 7, follower.get_buffer("encoder.num_batches_tracked")!.item<long>());
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var follower = new MomentumEncoder(nn.Linear(2, 2), nn.Linear(2, 2));
        using var scope = NewDisposeScope();
        follower.Update();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Refuses_encoders_that_differ_and_a_momentum_outside_zero_to_one()
    {
        var source = nn.Linear(2, 2);
        Assert.Contains("itself", Assert.Throws<ArgumentException>(() => new MomentumEncoder(source, source)).Message);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(() => new MomentumEncoder(source, nn.Linear(3, 2))).Message);
        Assert.Contains("bias", Assert.Throws<ArgumentException>(() => new MomentumEncoder(source, nn.Linear(2, 2, hasBias: false))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumEncoder(source, nn.Linear(2, 2), 1.01));
    }
}
