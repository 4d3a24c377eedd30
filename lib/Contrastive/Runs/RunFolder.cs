namespace Contrastive.Runs;

/// <summary>Where a run's files are.</summary>
internal static class RunFolder
{
    /// <summary>The record of a run, in its folder.</summary>
    public const string Record = "metrics.json";

    /// <summary>The folder of the trainings' curves, in the run's folder.</summary>
    public const string Curves = "curves";

    /// <summary><c>contrastive/runs/LESSON/TIER</c> in the user's cache, so that checkpoints of different tiers do not mix.</summary>
    public static string InCache(string lesson, Tier tier) =>
        Path.Combine(UserCache(), "contrastive", "runs", lesson, tier.ToString().ToLowerInvariant());

    private static string UserCache()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
    }
}
