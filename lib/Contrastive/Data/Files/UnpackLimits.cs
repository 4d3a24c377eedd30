using System.Globalization;

namespace Contrastive.Data;

/// <summary>How much an archive may unpack to: a guard against decompression bombs.</summary>
public sealed record UnpackLimits
{
    /// <summary>The default limits: 16 GiB in 1,000,000 files.</summary>
    public static UnpackLimits Default { get; } = new();

    /// <summary>The maximum number of bytes in all, including a tar's names and headers. The default is 16 GiB.</summary>
    public long Bytes { get; init; } = 16L << 30;

    /// <summary>The maximum number of files and folders. The default is 1,000,000.</summary>
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
