using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

public sealed class LinearProductTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void The_convolution_equals_the_linear_layer_in_value_and_gradients(ScalarType type, double tolerance)
    {
        manual_seed(1);
        Tensor[] inputs = [.. new[] { randn(8, 6, 20), randn(12, 20), randn(12) }.Select(part => part.to(type).requires_grad_())];
        var cotangent = randn(8, 6, 12).to(type);
        var convolved = LinearProduct.Convolve(inputs[0], inputs[1], inputs[2]);
        var linear = nn.functional.linear(inputs[0], inputs[1], inputs[2]);
        Assert.Equal(linear.shape, convolved.shape);
        Assert.InRange(Difference(linear, convolved), 0, tolerance);
        var expected = autograd.grad([linear], inputs, [cotangent]);
        var actual = autograd.grad([convolved], inputs, [cotangent]);
        for (var part = 0; part < inputs.Length; part++)
            Assert.InRange(Difference(expected[part], actual[part]), 0, 10 * tolerance);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 5)] // 15 rows: not a multiple of 16
    public void Any_number_of_rows_has_its_product(int batch, int length)
    {
        var (input, weight, bias) = (randn(batch, length, 20), randn(12, 20), randn(12));
        Assert.InRange(Difference(nn.functional.linear(input, weight, bias), LinearProduct.Compute(input, weight, bias)), 0, 1e-5);
    }

    [Fact]
    public void Mixed_precision_reaches_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Mixed precision is switched by the names that Linux's builds of libtorch have.");
        var (input, weight, bias) = (randn(16, 20), randn(12, 20), randn(12));
        using (Precision.BFloat16(CPU))
            Assert.Equal(ScalarType.BFloat16, LinearProduct.Compute(input, weight, bias).dtype);
        Assert.Equal(ScalarType.Float32, LinearProduct.Compute(input, weight, bias).dtype);
    }

    private static double Difference(Tensor expected, Tensor actual) => (expected - actual).abs().max().to(ScalarType.Float64).item<double>();
}
