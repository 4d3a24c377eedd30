using Contrastive.Kernel.Running;
using Xunit;

namespace Contrastive.Kernel.Tests.Lessons;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    public void Reads_what_people_write(string text, double seconds) => Assert.Equal(seconds, Durations.Parse(text)!.Value.TotalSeconds);

    [Fact]
    public void None_is_no_limit() => Assert.Null(Durations.Parse("none"));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-5s")]
    [InlineData("5 minutes")]
    [InlineData("5hm")]
    [InlineData("1e30h")]
    public void Refuses_the_rest(string text) => Assert.Throws<FormatException>(() => Durations.Parse(text));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3785, "1 h 3 min")]
    public void Writes_briefly(double seconds, string text) => Assert.Equal(text, Durations.Write(TimeSpan.FromSeconds(seconds)));
}
