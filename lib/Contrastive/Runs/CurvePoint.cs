using System.Globalization;

namespace Contrastive.Runs;

/// <summary>A row of a run's curves: a number that a training noted at a step.</summary>
internal sealed record CurvePoint(string Folder, string Training, int Step, string Name, double Value)
{
    /// <summary>All of a run; a last line that was cut off while it was written is left out.</summary>
    /// <exception cref="InvalidDataException">A line is not one of curves.</exception>
    public static IEnumerable<CurvePoint> Of(string run)
    {
        var folder = Path.Combine(run, RunFolder.Curves);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            var lines = File.ReadAllText(path).Split('\n')[1..^1];
            for (var i = 0; i < lines.Length; i++)
            {
                if (lines[i].Split(',') is not [var step, var name, var value]
                    || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var noted))
                {
                    throw new InvalidDataException($"{path}, line {i + 2}: '{lines[i]}' is not a step, a name and a number.");
                }

                yield return new CurvePoint(run, Path.GetFileNameWithoutExtension(path), number, name, noted);
            }
        }
    }
}
