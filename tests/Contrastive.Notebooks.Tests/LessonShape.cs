using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;

namespace Contrastive.Notebooks.Tests;

/// <summary>What a lesson must look like for a learner to get through it in one sitting: how much of it there is to read, and what stands
/// where.</summary>
internal static partial class LessonShape
{
    /// <summary>The most lines of a code cell.</summary>
    public const int Lines = 40;

    private static readonly string[] Card = ["Problem", "Relationships", "Augmentation", "Negatives", "Encoder", "Loss", "Training", "Paper"];

    /// <summary>The most words of a lesson's prose, exercises included.</summary>
    public static int WordsOf(string lesson) => lesson.StartsWith("00-", StringComparison.Ordinal) ? 1800 : 2200;

    /// <summary>What is wrong with a lesson's shape; empty if nothing is.</summary>
    /// <param name="notebook">The lesson.</param>
    /// <param name="mostWords">The most words of its markdown cells.</param>
    /// <param name="images">The folder of which its diagrams are.</param>
    public static IReadOnlyList<string> Faults(Notebook notebook, int mostWords, string images)
    {
        string[] prose = [.. notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source)];
        List<string> faults = [];
        var words = prose.Sum(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        if (words > mostWords)
            faults.Add($"{words:N0} words of prose; at most {mostWords:N0}");
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            if (LineCount(cell.Source) is var lines && lines > Lines)
                faults.Add($"{lines} lines in the code cell '{cell.Id}'; at most {Lines}");
        }

        string[] rows = [.. CardRow().Matches(prose.FirstOrDefault("")).Take(Card.Length).Select(row => row.Groups[1].Value)];
        if (!rows.SequenceEqual(Card))
            faults.Add($"the table of the first cell begins with the rows '{string.Join(", ", rows)}'; expected {string.Join(", ", Card)}, a line each");
        if (!prose.Any(text => Prediction().IsMatch(text)))
            faults.Add("no line that begins with **Predict.** and asks something");
        string[] diagrams = [.. prose.SelectMany(text => Diagram().Matches(text)).Select(line => line.Groups[1].Value)];
        if (diagrams.Length == 0)
            faults.Add("no diagram: a line ![what it shows](images/NAME.svg)");
        faults.AddRange(diagrams.Where(name => !File.Exists(Path.Combine(images, name))).Select(name => $"there is no images/{name}"));
        return faults;
    }

    private static int LineCount(string source) => source.TrimEnd('\n').Split('\n').Length;

    [GeneratedRegex(@"^\| \*\*([^*]+)\*\* \| [^|]*[^|\s][^|]* \|$", RegexOptions.Multiline)]
    private static partial Regex CardRow();

    [GeneratedRegex(@"^\*\*Predict\.\*\* [^\n]*\?", RegexOptions.Multiline)]
    private static partial Regex Prediction();

    [GeneratedRegex(@"^!\[[^\]\n]+\]\(images/([^/)\n]+\.svg)\)$", RegexOptions.Multiline)]
    private static partial Regex Diagram();
}
