using Contrastive.Training;
using Xunit;

namespace Contrastive.Tests.Training;

public class ScheduleTests
{
    [Fact]
    public void Warms_up_from_one_share_and_reaches_the_peak_after_the_warm_up()
    {
        var schedule = new WarmupCosine(peak: 1, steps: 14, warmupSteps: 4);
        double[] expected = [0.2, 0.4, 0.6, 0.8, 1.0];
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.At(step), 12);
        Assert.Equal(0.5, schedule.At(9), 12);
        Assert.Equal(0, schedule.At(14), 12);
        Assert.Equal(0, schedule.At(1000), 12);
    }

    [Fact]
    public void Falls_along_half_a_cosine_to_the_floor()
    {
        var schedule = new WarmupCosine(peak: 0.6, steps: 8, floor: 0.2);
        for (var step = 0; step <= 8; step++)
            Assert.Equal(0.4 + (0.2 * Math.Cos(Math.PI * step / 8)), schedule.At(step), 12);
    }

    [Fact]
    public void Falls_linearly_from_the_peak_after_the_warm_up_to_the_floor()
    {
        var schedule = new WarmupLinear(peak: 1, steps: 9, warmupSteps: 4, floor: 0.5);
        double[] expected = [0.2, 0.4, 0.6, 0.8, 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.5];
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.At(step), 12);
        Assert.Equal((1, 0.5, 9, 4), (schedule.Peak, schedule.Floor, schedule.Steps, schedule.WarmupSteps));
        Assert.Equal(0.25, new WarmupLinear(1, 4).At(3), 12);
        Assert.Equal(0, new WarmupLinear(1, 4).At(4), 12);
    }

    [Fact]
    public void Raises_the_momentum_to_one()
    {
        var schedule = new CosineMomentum(0.99, 10);
        Assert.Equal(0.99, schedule.At(0), 12);
        Assert.Equal(0.995, schedule.At(5), 12);
        Assert.Equal(1, schedule.At(10), 12);
        Assert.Equal(1, schedule.At(11), 12);
    }

    [Fact]
    public void Refuses_numbers_that_make_no_schedule()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(1, 10, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(1, 10, floor: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupCosine(1, 10).At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupLinear(0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupLinear(1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupLinear(1, 10, floor: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmupLinear(1, 10).At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineMomentum(1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineMomentum(0.9, 0));
    }
}
