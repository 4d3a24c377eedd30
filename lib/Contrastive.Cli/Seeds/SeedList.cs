using System.Globalization;

namespace Contrastive.Cli.Seeds;

/// <summary>The seeds of <c>--seeds</c>: <c>1..3</c>, <c>1,2,5</c>, or both.</summary>
internal static class SeedList
{
    private const int Most = 100;

    /// <exception cref="ArgumentException">The text is no list of at most 100 different whole numbers.</exception>
    public static IReadOnlyList<long> Parse(string text)
    {
        var seeds = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            long[] ends = [.. part.Split("..").Select(end => long.TryParse(end, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
                ? seed
                : throw new ArgumentException($"--seeds '{text}': '{end}' is not a whole number; expected seeds such as 1..3 or 1,2,5."))];
            if (ends.Length > 2 || ends[^1] < ends[0])
                throw new ArgumentException($"--seeds '{text}': '{part}' is not a range; expected the least seed, two dots, and the greatest, such as 1..3.");
            if ((Int128)ends[^1] - ends[0] + seeds.Count >= Most)
                throw new ArgumentException($"--seeds '{text}' is more than {Most} seeds.");
            for (var seed = ends[0]; seed < ends[^1]; seed++)
                seeds.Add(seed);
            seeds.Add(ends[^1]);
        }

        return seeds.GroupBy(seed => seed).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new ArgumentException($"--seeds '{text}' has seed {twice.Key} twice.")
            : seeds;
    }
}
