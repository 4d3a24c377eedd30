using System.Globalization;
using Contrastive.Torch;

namespace Contrastive.Evaluation;

/// <summary>How often the true caption was preferred, with the spread that so many choices leave.</summary>
public sealed class CaptionSelectionReport
{
    /// <summary>95 % of a normal distribution lie within as many standard deviations.</summary>
    private const double Z = 1.959963984540054;

    internal CaptionSelectionReport(IReadOnlyList<double> credits, IReadOnlyList<double> margins, int wrongCaptions)
    {
        (Credits, Margins, Right, Chance) = (credits, margins, credits.Average(), 1.0 / (wrongCaptions + 1));
        var n = credits.Count;
        var (center, half) = ((Right + (Z * Z / (2 * n))) / (1 + (Z * Z / n)), Z / (1 + (Z * Z / n)) * Math.Sqrt((Right * (1 - Right) / n) + (Z * Z / (4.0 * n * n))));
        (Low, High) = (Math.Max(0, center - half), Math.Min(1, center + half));
    }

    /// <summary>The share of choices that are right, in [0, 1].</summary>
    public double Right { get; }

    /// <summary>What guessing reaches: 0.5 with one false caption an image, 1 / (1 + F) with F.</summary>
    public double Chance { get; }

    /// <summary>How many choices there were.</summary>
    public int Count => Credits.Count;

    /// <summary>The standard error of <see cref="Right"/>, as if the choices were independent (several of one image are not quite):
    /// <code>√(p (1 − p) / n)</code></summary>
    public double StandardError => Math.Sqrt(Right * (1 - Right) / Count);

    /// <summary>The lower end of the 95 % interval of <see cref="Right"/> (Wilson 1927's score interval, which stays sensible near 0 and 1 and for
    /// few choices).</summary>
    public double Low { get; }

    /// <summary>The upper end of the interval.</summary>
    public double High { get; }

    /// <summary>Whether guessing explains the result: chance lies within the interval.</summary>
    public bool IsChance => Low <= Chance && Chance <= High;

    /// <summary>For each choice 1 if it is right, 0 if it is wrong, and a share where captions tie.</summary>
    public IReadOnlyList<double> Credits { get; }

    /// <summary>For each choice the cosine of the true caption less that of the best false one: the least are the worst failures.</summary>
    public IReadOnlyList<double> Margins { get; }

    /// <summary>The same for each kind of choice.</summary>
    /// <typeparam name="TKind">Such as an enum of what is wrong.</typeparam>
    /// <param name="kinds">The kind of each choice.</param>
    /// <returns>The kinds in the order in which they first occur.</returns>
    /// <exception cref="ArgumentException">There are not as many kinds as choices.</exception>
    public IReadOnlyList<(TKind Kind, CaptionSelectionReport Report)> By<TKind>(IReadOnlyList<TKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds.Count != Count)
            throw new ArgumentException($"There are {Counted.Of(kinds.Count, "kind")} for {Counted.Of(Count, "choice")}; expected as many.", nameof(kinds));
        return
        [
            .. Enumerable.Range(0, Count).GroupBy(choice => kinds[choice]).Select(group => (group.Key, new CaptionSelectionReport(
                [.. group.Select(choice => Credits[choice])], [.. group.Select(choice => Margins[choice])], (int)Math.Round((1 / Chance) - 1)))),
        ];
    }

    /// <summary>The figures in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Right:P1} right (95 % interval {Low:P1} to {High:P1}; chance {Chance:P1}; {Counted.Of(Count, "choice")})");
}
