namespace Contrastive.Runs;

/// <summary>The default folder of a run.</summary>
internal static class RunFolder
{
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
