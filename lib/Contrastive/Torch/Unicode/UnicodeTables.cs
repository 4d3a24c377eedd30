using System.Globalization;

namespace Contrastive.Torch;

/// <summary>
/// Unicode data that tokenizers and the matching of answers need and that a process without culture data does not have: in invariant mode
/// <see cref="string.Normalize()"/> silently leaves accents where they are, so token ids would depend on the host.
/// </summary>
internal static class UnicodeTables
{
    private static readonly Dictionary<int, int[]> DecompositionTable = [];
    private static readonly Dictionary<(int First, int Second), int> CompositionTable = [];
    private static readonly Dictionary<int, int> CombiningClassTable = [];
    private static readonly HashSet<int> SigmaIgnorableSet = [];
    private static readonly HashSet<int> CasedSet = [];
    private static readonly Dictionary<int, string> WidthTable = [];

    static UnicodeTables()
    {
        foreach (var line in EmbeddedText.Lines("UnicodeTables.txt"))
        {
            var fields = line.Split(' ');
            switch (fields[0])
            {
                case "d" or "x":
                    AddDecomposition(Code(fields[1]), [.. fields[2..].Select(Code)], composes: fields[0] == "d");
                    break;
                case "c":
                    var value = int.Parse(fields[1], CultureInfo.InvariantCulture);
                    foreach (var point in fields[2..].SelectMany(Range))
                        CombiningClassTable[point] = value;
                    break;
                case "i":
                    SigmaIgnorableSet.UnionWith(fields[1..].SelectMany(Range));
                    break;
                case "l":
                    CasedSet.UnionWith(fields[1..].SelectMany(Range));
                    break;
                default:
                    WidthTable[Code(fields[1])] = string.Concat(fields[2..].Select(field => char.ConvertFromUtf32(Code(field))));
                    break;
            }
        }
    }

    /// <summary>One step of the canonical decomposition (one or two code points), or null.</summary>
    public static int[]? Decomposition(int point) => DecompositionTable.GetValueOrDefault(point);

    /// <summary>The primary composite of two code points, or null.</summary>
    public static int? Composite(int first, int second) => CompositionTable.TryGetValue((first, second), out var point) ? point : null;

    /// <summary>The canonical combining class; 0 for starters.</summary>
    public static int CombiningClass(int point) => CombiningClassTable.GetValueOrDefault(point);

    /// <summary>Whether the final-sigma rule skips this code point.</summary>
    public static bool IsSigmaIgnorable(int point) => SigmaIgnorableSet.Contains(point);

    /// <summary>Whether the final-sigma rule counts this code point as a letter.</summary>
    public static bool IsCased(int point) => CasedSet.Contains(point);

    /// <summary>What a half-width or full-width form stands for, or null.</summary>
    public static string? StandardWidth(int point) => WidthTable.GetValueOrDefault(point);

    private static void AddDecomposition(int point, int[] parts, bool composes)
    {
        DecompositionTable[point] = parts;
        if (composes && parts.Length == 2)
            CompositionTable[(parts[0], parts[1])] = point;
    }

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<int> Range(string field)
    {
        var ends = field.Split('-');
        return Enumerable.Range(Code(ends[0]), Code(ends[^1]) - Code(ends[0]) + 1);
    }
}
