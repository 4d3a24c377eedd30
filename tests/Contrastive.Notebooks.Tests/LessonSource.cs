using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Running;

namespace Contrastive.Notebooks.Tests;

/// <summary>What a lesson's cells say of its parameters and metrics.</summary>
internal sealed partial class LessonSource(Notebook notebook)
{
    private const string Text = """
        \$?"(?:[^"\\]|\\.)*"
        """;

    public static LessonSource Load(string lesson) => new(Notebook.Load(Path.Combine(RunFolder.Root, "notebooks", $"{lesson}.ipynb")));

    private IEnumerable<string> Code => notebook.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source);

    /// <summary>Those of the metrics that no cell records: no call of <c>Record</c> and no other text has the name.</summary>
    public IReadOnlyList<string> NotRecorded(IEnumerable<string> metrics)
    {
        var recorded = Code.SelectMany(code => RecordCall().Matches(code)).Select(call => Pattern(call.Groups[1].Value)).ToList();
        var texts = Code.SelectMany(code => Literal().Matches(code)).Select(literal => literal.Value).ToHashSet(StringComparer.Ordinal);
        return [.. metrics.Where(metric => !texts.Contains($"\"{metric}\"") && !recorded.Exists(pattern => pattern.IsMatch(metric)))];
    }

    /// <summary>The metrics that cells show beside other seeds' but that are none of these.</summary>
    public IReadOnlyList<string> AskedInVain(IReadOnlyCollection<string> metrics) =>
        [.. Code.SelectMany(code => SeenCall().Matches(code).Concat(SpreadCall().Matches(code))).Select(call => call.Groups[1].Value)
            .Where(asked => !metrics.Any(Pattern(asked).IsMatch))];

    /// <summary>Runs the cells up to the table of parameters.</summary>
    /// <returns>The parameters by name.</returns>
    public async Task<JsonObject> ParametersAsync(string tier, string data, CancellationToken cancellation)
    {
        using var folder = new RunFolder();
        var json = notebook.Json.DeepClone().AsObject();
        var cells = json["cells"]!.AsArray();
        var last = notebook.Cells.ToList().FindIndex(cell => cell.Kind == CellKind.Code && cell.Source.Contains("run.Parameters", StringComparison.Ordinal));
        while (cells.Count > last + 1)
            cells.RemoveAt(cells.Count - 1);
        var options = new NotebookRunOptions
        {
            Folder = Path.Combine(RunFolder.Root, "notebooks"),
            Environment = new Dictionary<string, string?>
            {
                ["CONTRASTIVE_TIER"] = tier,
                ["CONTRASTIVE_DATASET"] = data,
                ["CONTRASTIVE_RUN"] = folder.Path,
                ["CONTRASTIVE_SET"] = null,
                ["CONTRASTIVE_SEED"] = null,
            },
        };
        var run = await NotebookRunner.RunAsync(Notebook.Parse(json.ToJsonString()), options, new Silence(), cancellation);
        return run.Outcome == RunOutcome.Succeeded
            ? JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "metrics.json"), cancellation))!["parameters"]!.DeepClone().AsObject()
            : throw new InvalidOperationException($"The cells up to the parameters did not run: {run.Message}");
    }

    /// <summary>A literal, in which each hole stands for any text.</summary>
    private static Regex Pattern(string literal) =>
        new($"^{string.Join(".+", Hole().Split(literal.TrimStart('$').Trim('"')).Select(Regex.Escape))}$");

    [GeneratedRegex(@"\brun\.Record\(\s*(" + Text + ")")]
    private static partial Regex RecordCall();

    [GeneratedRegex(@"\brun\.Seen\(\s*(?:" + Text + @"|[^,""]+),\s*(" + Text + ")")]
    private static partial Regex SeenCall();

    [GeneratedRegex(@"\brun\.(?:Spread|OtherSeeds)\(\s*(" + Text + ")")]
    private static partial Regex SpreadCall();

    [GeneratedRegex(Text)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();
}
