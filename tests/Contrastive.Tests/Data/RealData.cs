using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

/// <summary>The real data of this machine, for tests that are skipped without it.</summary>
internal static class RealData
{
    public static DataFolder With(string name)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable(DataFolder.Variable)), $"{DataFolder.Variable} is not set.");
        var missing = Catalog.Find(name).Files.FirstOrDefault(file => DataFolder.Default.Look(file) == DataFileState.Missing);
        Assert.SkipWhen(missing is not null, $"'{missing?.Path}' is not in the data folder.");
        return DataFolder.Default;
    }
}
