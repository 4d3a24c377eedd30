using System.Globalization;

namespace Contrastive.Data;

/// <summary>A line of a text file, with its position.</summary>
internal readonly record struct TextLine(string File, int Number, string Text)
{
    /// <summary>Whether there is nothing in it to read.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>An error that says where and what is wrong.</summary>
    public InvalidDataException Wrong(string what) => new(string.Create(CultureInfo.InvariantCulture, $"{File}, line {Number}: {what}"));

    /// <summary>The tab-separated columns, at least <paramref name="atLeast"/> of them.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public string[] Columns(int atLeast)
    {
        var columns = Text.Split('\t');
        return columns.Length >= atLeast ? columns : throw Wrong($"there are {columns.Length} columns between tabs, expected {atLeast}.");
    }

    /// <exception cref="InvalidDataException">The sentence is empty.</exception>
    public string Sentence(string column) => column.AsSpan().Trim().IsEmpty ? throw Wrong("a sentence is empty.") : column;

    /// <exception cref="InvalidDataException">It is not a number, or out of range.</exception>
    public double Score(string column, double least, double most) =>
        double.TryParse(column, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && score >= least && score <= most
            ? score
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"the score '{column}' is not a number from {least} to {most}."));

    /// <summary>The index of the column among the names.</summary>
    /// <exception cref="InvalidDataException">It is not among them.</exception>
    public int Label(string column, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == column)
                return i;
        }

        throw Wrong($"the label '{column}' is none of {string.Join(", ", names)}.");
    }
}
