namespace Contrastive.Encoders;

/// <summary>Which tokens of a pair are dropped when it is too long.</summary>
internal static class Truncation
{
    /// <summary>
    /// Longest first: token by token, the end of the longer text is dropped; of two equally long texts, the second's.
    /// </summary>
    /// <returns>How many tokens of each are kept.</returns>
    public static (int First, int Second) LongestFirst(int first, int second, int room)
    {
        while (first + second > room)
        {
            if (first > second)
                first--;
            else
                second--;
        }
        return (first, second);
    }
}
