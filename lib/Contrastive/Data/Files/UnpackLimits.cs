namespace Contrastive.Data;

/// <summary>How much an archive may unpack to, against archives made to fill a disk or the memory.</summary>
public sealed record UnpackLimits
{
    /// <summary>The limits where none are given: 16 GiB in 1,000,000 files.</summary>
    public static UnpackLimits Default { get; } = new();

    /// <summary>The most bytes in all, names and headers of a tar included. The default is 16 GiB.</summary>
    public long Bytes { get; init; } = 16L << 30;

    /// <summary>The most files and folders. The default is 1,000,000.</summary>
    public int Entries { get; init; } = 1_000_000;
}
