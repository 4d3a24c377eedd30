namespace Contrastive.Kernel.Lessons;

/// <summary>The sizes in which every lesson runs.</summary>
public static class Tiers
{
    /// <summary>The tier of a run that names none.</summary>
    public const string Default = "laptop";

    /// <summary>The tiers' names, the smallest first.</summary>
    public static IReadOnlyList<string> All { get; } = ["smoke", "laptop", "paper"];

    /// <summary>The time limits of a tier: what a run that hangs may cost.</summary>
    /// <param name="tier">The tier's name.</param>
    /// <returns>The limit of each cell and of the notebook; null means none.</returns>
    public static (TimeSpan? Cell, TimeSpan? Notebook) Limits(string tier) => tier switch
    {
        "smoke" => (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)),
        "laptop" => (TimeSpan.FromHours(1), TimeSpan.FromHours(2)),
        _ => (null, null),
    };
}
