using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Documents;
using Contrastive.Kernel.Running;

namespace Contrastive.Kernel.Lessons;

/// <summary>A run's <c>metrics.json</c>: the lesson writes parameters and metrics to it while it runs, the runner adds the rest at
/// the end.</summary>
public sealed class LessonMetrics
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path;

    internal LessonMetrics(string path, JsonObject json)
    {
        _path = path;
        Json = json;
    }

    /// <summary>The file's contents.</summary>
    public JsonObject Json { get; }

    /// <summary>The recorded metrics by name.</summary>
    public JsonObject Metrics => Json["metrics"] as JsonObject ?? [];

    /// <summary>The data set, as the lesson calls it.</summary>
    public string Data => Json["data"]?.ToString() ?? "default";

    internal static LessonMetrics Load(LessonRequest request)
    {
        var path = FilePath(request.RunFolder);
        var json = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [] : [];
        Default(json, "lesson", request.Lesson);
        Default(json, "tier", request.Tier);
        Default(json, "seed", request.Seed);
        Default(json, "data", request.Data);
        Default(json, "metrics", new JsonObject());
        return new LessonMetrics(path, json);
    }

    internal static string FilePath(string runFolder) => Path.Combine(runFolder, "metrics.json");

    internal void Add(NotebookRun run, RunOrigin origin)
    {
        Json["outcome"] = run.Outcome.ToString();
        if (run.Message is not null)
        {
            Json["message"] = run.Message;
        }

        Json["seconds"] = Math.Round(run.Duration.TotalSeconds, 2);
        Json["peakMemoryBytes"] = run.PeakMemoryBytes;
        Json["gitCommit"] = origin.GitCommit;
        Json["machine"] = origin.ToJson();
        Json["started"] = origin.Started.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        Json["cells"] = new JsonArray([.. run.Cells.Select(cell => (JsonNode)new JsonObject
        {
            ["number"] = cell.Number,
            ["id"] = cell.Cell.Id,
            ["title"] = cell.Title,
            ["seconds"] = Math.Round(cell.Duration.TotalSeconds, 3),
            ["outcome"] = cell.Outcome?.ToString() ?? "NotRun",
        })]);
    }

    internal void AddBands(IReadOnlyList<Band> bands) => Json["expected"] = new JsonArray([.. bands.Select(band => (JsonNode)new JsonObject
    {
        ["metric"] = band.Metric,
        ["min"] = Finite(band.Min),
        ["max"] = Finite(band.Max),
        ["holds"] = band.Holds,
    })]);

    internal void Save() => AtomicFile.WriteAllText(_path, Json.ToJsonString(Indented) + "\n");

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static void Default(JsonObject json, string key, JsonNode? value)
    {
        if (!json.ContainsKey(key) && value is not null)
        {
            json[key] = value;
        }
    }
}
