using System.Text.Json;
using Xunit;

namespace Contrastive.Tests.Training;

/// <summary>Twenty steps that PyTorch trained, in a file of <c>Fixtures</c>: their losses and the norms of their gradients, by case.</summary>
internal static class RecordedTraining
{
    /// <summary>Trains as many steps as were recorded, and compares each with PyTorch's.</summary>
    public static void Compare(string file, string name, Func<int, IEnumerable<(double Loss, double Norm)>> train, double tolerance)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Training/Fixtures", file)));
        var expected = recorded.RootElement.GetProperty(name);
        double[] Numbers(string what) => [.. expected.GetProperty(what).EnumerateArray().Select(number => number.GetDouble())];
        var (losses, norms) = (Numbers("losses"), Numbers("norms"));
        Assert.Equal((20, 20), (losses.Length, norms.Length));

        var steps = train(losses.Length).ToArray();
        Assert.Equal(losses.Length, steps.Length);
        foreach (var (step, (loss, norm)) in steps.Index())
        {
            Assert.True(Math.Abs(loss - losses[step]) <= tolerance * losses[step], $"step {step}: loss {loss} instead of PyTorch's {losses[step]}");
            Assert.True(Math.Abs(norm - norms[step]) <= tolerance * norms[step], $"step {step}: gradient of norm {norm} instead of PyTorch's {norms[step]}");
        }
    }
}
