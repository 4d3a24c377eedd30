namespace Contrastive.Runs;

/// <summary>How much a lesson's run does.</summary>
public enum Tier
{
    /// <summary>For tests: the whole notebook in at most 20 seconds on two cores.</summary>
    Smoke,

    /// <summary>The default: about two minutes on two cores, on data that the library generates.</summary>
    Laptop,

    /// <summary>The published set-up, on real data and a GPU.</summary>
    Paper,
}
