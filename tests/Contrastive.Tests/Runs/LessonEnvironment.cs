namespace Contrastive.Tests.Runs;

/// <summary>The environment of one run, restored afterward, with its own run folder.</summary>
internal sealed class LessonEnvironment : IDisposable
{
    private static readonly string[] Names =
        ["CONTRASTIVE_TIER", "CONTRASTIVE_SEED", "CONTRASTIVE_SET", "CONTRASTIVE_DATASET", "CONTRASTIVE_RUN", "XDG_CACHE_HOME"];

    private readonly Dictionary<string, string?> _before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public LessonEnvironment(string? tier = null, string? seed = null, string? set = null, string? data = null, bool withFolder = true)
    {
        Folder = Path.Combine(Path.GetTempPath(), "contrastive-tests", Guid.NewGuid().ToString("N"));
        string?[] values = [tier, seed, set, data, withFolder ? Folder : null, Folder];
        foreach (var (name, value) in Names.Zip(values))
            Environment.SetEnvironmentVariable(name, value);
    }

    public string Folder { get; }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
