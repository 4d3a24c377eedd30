namespace Contrastive.Data;

/// <summary>Pairs of SNLI (Bowman et al. 2015) as a table: premise, hypothesis, relation.</summary>
public static class Snli
{
    private static readonly string[] Digits = ["0", "1", "2"];

    /// <summary>The relations in the order of their labels.</summary>
    public static IReadOnlyList<string> Relations { get; } = ["entailment", "neutral", "contradiction"];

    /// <summary>Reads a file of lines <c>premise ⇥ hypothesis ⇥ 0, 1 or 2</c>.</summary>
    /// <param name="path">The file, compressed with gzip or not.</param>
    /// <exception cref="InvalidDataException">A line is wrong; the message says which.</exception>
    public static IReadOnlyList<LabeledText> Read(string path) => [.. TextLines.Read(path).Select(line =>
    {
        var columns = line.Columns(atLeast: 3);
        return new LabeledText(line.Sentence(columns[0]), line.Sentence(columns[1]), line.Label(columns[2], Digits));
    })];
}
