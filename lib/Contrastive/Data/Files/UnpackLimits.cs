using System.Globalization;

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

/// <summary>Counts the bytes that an archive unpacks to, up to a limit.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _spent;

    /// <exception cref="InvalidDataException">The limit is exceeded.</exception>
    public void Spend(long count)
    {
        _spent += count;
        if (_spent > limit)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It unpacks to more than {limit:N0} bytes: refused."));
        }
    }
}
