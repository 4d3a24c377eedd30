using Contrastive.Torch;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

public sealed class RequireTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string, Action> OutOfRange => new()
    {
        { "temperature is 0; expected a finite number above zero.", () => Temperature(0) },
        { "temperature is NaN; expected a finite number above zero.", () => Temperature(double.NaN) },
        { "weightDecay is -0.5; expected a finite number, zero or above.", () => Decay(-0.5) },
        { "momentum is 1; expected a number in [0, 1).", () => Momentum(1) },
        { "probability is 1.5; expected a number in [0, 1].", () => Probability(1.5) },
        { "topK is 0; expected 1 to 9: there are no more items.", () => TopK(0) },
        { "size is 0; expected at least 1.", () => Size(0) },
        { "mode is 7; expected Unspecified or Utc or Local.", () => Mode((DateTimeKind)7) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void A_number_out_of_range_is_named_as_the_caller_names_it(string message, Action action)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(message[..message.IndexOf(' ', StringComparison.Ordinal)], error.ParamName);
        Assert.NotNull(error.ActualValue);
    }

    [Theory]
    [InlineData("[N, D]")]
    [InlineData("[2, 3]")]
    [InlineData("float [N, 3]")]
    [InlineData("Float32 [2, D]")]
    [InlineData("[N, ...]")]
    [InlineData("[2, 3, ...]")]
    public void A_tensor_that_fits_is_accepted(string expected) => Require.Shape(ones(2, 3), expected);

    [Theory]
    [InlineData("[N]")]
    [InlineData("[N, C, H, W]")]
    [InlineData("[3, D]")]
    [InlineData("integers [N, D]")]
    [InlineData("Float64 [N, D]")]
    [InlineData("[3, ...]")]
    [InlineData("[2, 3, H, ...]")]
    public void A_tensor_that_does_not_fit_is_refused_with_what_it_is_and_what_was_expected(string expected)
    {
        var images = ones(2, 3);
        var error = Assert.Throws<ArgumentException>(() => Require.Shape(images, expected, "as the model takes"));
        Assert.StartsWith($"images is Float32 [2, 3]; expected {expected}, as the model takes.", error.Message, StringComparison.Ordinal);
        Assert.Equal("images", error.ParamName);
    }

    [Fact]
    public void A_letter_stands_for_one_at_least_unless_emptiness_is_allowed()
    {
        var rows = ones(0, 3);
        Assert.Throws<ArgumentException>(() => Require.Shape(rows, "[N, D]"));
        Require.Shape(rows, "[N, D]", mayBeEmpty: true);
    }

    [Fact]
    public void Nothing_is_refused_by_the_name_of_the_argument()
    {
        Tensor? labels = null;
        Assert.Equal("labels", Assert.Throws<ArgumentNullException>(() => Require.Shape(labels!, "[N]")).ParamName);
    }

    [Fact]
    public void A_matrix_has_rows_enough_and_finite_values()
    {
        var features = ones(1, 3);
        Assert.Contains("features is Float32 [1, 3]; expected at least 2 rows", Assert.Throws<ArgumentException>(() => Require.Matrix(features, atLeast: 2)).Message, StringComparison.Ordinal);
        features = ones(2, 3) / 0;
        Assert.Contains("features holds NaN or infinite values", Assert.Throws<ArgumentException>(() => Require.Matrix(features)).Message, StringComparison.Ordinal);
    }

    private static double Temperature(double temperature) => Require.Positive(temperature);

    private static double Decay(double weightDecay) => Require.NotNegative(weightDecay);

    private static double Momentum(double momentum) => Require.Fraction(momentum);

    private static double Probability(double probability) => Require.Probability(probability);

    private static int TopK(int topK) => Require.Between(topK, 1, 9, "there are no more items");

    private static int Size(int size) => Require.AtLeast(size, 1);

    private static DateTimeKind Mode(DateTimeKind mode) => Require.Defined(mode);
}
