using System.Globalization;
using System.Text.Json;

namespace Contrastive.Cli.Results;

/// <summary>Finds run folders by their metrics.json. A broken one is reported and does not hide the others.</summary>
internal static class RunFolders
{
    private const string FileName = "metrics.json";

    public static (IReadOnlyList<RunRecord> Runs, IReadOnlyList<string> Problems) Read(IEnumerable<string> folders)
    {
        var (runs, problems) = (new List<RunRecord>(), new List<string>());
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                problems.Add($"There is no folder '{folder}': 'contrastive run LESSON' makes one.");
                continue;
            }

            var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 4 };
            foreach (var path in Directory.EnumerateFiles(folder, FileName, options).Order(StringComparer.Ordinal))
            {
                try
                {
                    runs.Add(Parse(path));
                }
                catch (Exception broken) when (broken is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
                {
                    problems.Add($"{path} was left out: {broken.Message}");
                }
            }
        }

        return (runs, problems);
    }

    /// <summary>Of runs that differ in nothing but their time, the latest.</summary>
    public static IReadOnlyList<RunRecord> Latest(IEnumerable<RunRecord> runs) =>
        [.. runs.GroupBy(run => (run.Lesson, run.Tier, run.Data, run.Overridden, run.Seed, run.Device)).Select(same => same.MaxBy(run => run.Time)!)];

    private static RunRecord Parse(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"It holds a JSON {root.ValueKind}, expected an object.");
        }

        if (!root.TryGetProperty("metrics", out var metrics) || metrics.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("It has no object 'metrics'.");
        }

        return new RunRecord
        {
            Folder = Path.GetDirectoryName(path)!,
            Lesson = Text(root, "lesson") ?? throw new InvalidDataException("It has no 'lesson'."),
            Tier = Text(root, "tier") ?? "?",
            Data = Text(root, "data") ?? "generated",
            Seed = Text(root, "seed") ?? "?",
            Device = Text(root, "device") ?? "?",
            Overridden = Overridden(root),
            Outcome = Text(root, "outcome"),
            Time = DateTimeOffset.TryParse(Text(root, "started"), CultureInfo.InvariantCulture, out var started) ? started : File.GetLastWriteTimeUtc(path),
            OutOfBand = OutOfBand(root),
            Metrics = [.. metrics.EnumerateObject().Where(IsNumber).Select(metric => KeyValuePair.Create(metric.Name, Number(metric.Value)))],
        };
    }

    private static string Overridden(JsonElement root) => root.TryGetProperty("overridden", out var changed) && changed.ValueKind == JsonValueKind.Object
        ? string.Join(' ', changed.EnumerateObject().Select(entry => $"{entry.Name}={entry.Value}"))
        : "";

    private static HashSet<string> OutOfBand(JsonElement root) => root.TryGetProperty("expected", out var bands) && bands.ValueKind == JsonValueKind.Array
        ? [.. bands.EnumerateArray().Where(band => band.ValueKind == JsonValueKind.Object && band.TryGetProperty("holds", out var holds) && holds.ValueKind == JsonValueKind.False)
            .Select(band => Text(band, "metric") ?? "")]
        : [];

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    private static bool IsNumber(JsonProperty metric) => metric.Value.ValueKind == JsonValueKind.Number || IsNaN(metric.Value);

    private static bool IsNaN(JsonElement value) => value.ValueKind == JsonValueKind.String
        && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsFinite(number);

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
