using System.Globalization;

namespace Contrastive.Data;

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
