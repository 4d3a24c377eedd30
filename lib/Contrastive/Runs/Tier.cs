namespace Contrastive.Runs;

/// <summary>The size of a lesson's run.</summary>
public enum Tier
{
    /// <summary>For tests: the whole notebook in at most 20 seconds on two cores.</summary>
    Smoke,

    /// <summary>The default: about two minutes on two cores, on data that the library generates.</summary>
    Laptop,

    /// <summary>The published setup, on real data and a GPU.</summary>
    Paper,
}
