using System.Runtime.InteropServices;

namespace Contrastive.Sampling;

/// <summary>Numbers for the texts of a batch, equal for equal texts, as <see cref="DuplicateMask"/> hands them to a ranking loss.</summary>
internal static class TextIds
{
    /// <summary>The ids row by row, [N (1 + H)]: of a row's positive, then of its hard negatives.</summary>
    public static long[] Of(IReadOnlyList<string> positives, IReadOnlyList<IReadOnlyList<string>>? hardNegatives, IReadOnlyList<string>? anchors)
    {
        var columns = 1 + Check(positives, hardNegatives, anchors);
        var joined = new int[positives.Count]; // for each row an earlier one of the same item, or itself
        for (var row = 0; row < joined.Length; row++)
            joined[row] = row;
        var rowOf = Join(positives, joined);
        if (anchors is not null)
            Join(anchors, joined);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (text, row) in rowOf)
            numbers.Add(text, First(joined, row));
        var ids = new long[joined.Length * columns];
        for (var row = 0; row < joined.Length; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    numbers, column == 0 ? positives[row] : hardNegatives![row][column - 1], out var isKnown);
                ids[(row * columns) + column] = isKnown ? number : number = joined.Length + numbers.Count; // above all rows
            }
        }

        return ids;
    }

    /// <summary>Rows of equal texts become one item.</summary>
    /// <returns>The first row of each text.</returns>
    private static Dictionary<string, int> Join(IReadOnlyList<string> texts, int[] joined)
    {
        var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < joined.Length; row++)
        {
            if (rowOf.TryAdd(texts[row], row))
                continue;
            var (one, other) = (First(joined, rowOf[texts[row]]), First(joined, row));
            joined[Math.Max(one, other)] = Math.Min(one, other);
        }

        return rowOf;
    }

    /// <summary>The first row of a row's item.</summary>
    private static int First(int[] joined, int row)
    {
        while (joined[row] != row)
            row = joined[row] = joined[joined[row]];
        return row;
    }

    /// <returns>H.</returns>
    private static int Check(IReadOnlyList<string> positives, IReadOnlyList<IReadOnlyList<string>>? hardNegatives, IReadOnlyList<string>? anchors)
    {
        ArgumentNullException.ThrowIfNull(positives);
        if (positives.Count == 0)
            throw new ArgumentException("There is no text; give the positive of each question.", nameof(positives));
        CheckTexts(positives, nameof(positives), nameof(positives));
        if (anchors is not null)
        {
            CheckCount(anchors.Count, "anchors", positives.Count, nameof(anchors));
            CheckTexts(anchors, nameof(anchors), nameof(anchors));
        }

        if (hardNegatives is null)
            return 0;
        CheckCount(hardNegatives.Count, "lists of hard negatives", positives.Count, nameof(hardNegatives));
        for (var row = 0; row < hardNegatives.Count; row++)
        {
            var name = FormattableString.Invariant($"hardNegatives[{row}]");
            if (hardNegatives[row] is null)
                throw new ArgumentException($"{name} is null; expected a list of texts.", nameof(hardNegatives));
            CheckTexts(hardNegatives[row], name, nameof(hardNegatives));
            if (hardNegatives[row].Count != hardNegatives[0].Count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{name} has {hardNegatives[row].Count} texts, hardNegatives[0] {hardNegatives[0].Count}; expected as many for each question."), nameof(hardNegatives));
            }
        }

        return hardNegatives[0].Count;
    }

    private static void CheckCount(int count, string what, int expected, string parameter)
    {
        if (count != expected)
            throw new ArgumentException(FormattableString.Invariant($"There are {count} {what}; expected {expected}, as there are positives."), parameter);
    }

    private static void CheckTexts(IReadOnlyList<string> texts, string name, string parameter)
    {
        for (var place = 0; place < texts.Count; place++)
        {
            if (texts[place] is null)
                throw new ArgumentException(FormattableString.Invariant($"{name}[{place}] is null; expected a text."), parameter);
        }
    }
}
