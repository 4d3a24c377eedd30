using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Runs;

/// <summary>Writes a run's <c>metrics.json</c>: atomically, so that a reader never sees a partial file.</summary>
internal static class RunRecord
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, LessonRun run)
    {
        var record = new JsonObject
        {
            ["lesson"] = run.Name,
            ["tier"] = run.Tier.ToString().ToLowerInvariant(),
            ["seed"] = run.Seed,
            ["device"] = run.Device.ToString(),
            ["deviceName"] = run.DeviceName,
            ["threads"] = TorchSharp.torch.get_num_threads(),
            ["data"] = run.Data,
            ["started"] = run.Started.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["parameters"] = Object(run.ParameterList.Select(parameter => (parameter.Name, (JsonNode?)Node(parameter.Value)))),
            ["overridden"] = Object(run.OverrideList.Select(parameter => (parameter.Name, (JsonNode?)Node(parameter.Value)))),
            ["switches"] = Object(run.SwitchList.Select(parameter => (parameter.Name, (JsonNode?)Node(parameter.Value)))),
            ["metrics"] = Object(run.MetricList.Select(metric => (metric.Name, (JsonNode?)JsonValue.Create(metric.Value)))),
            ["paper"] = new JsonArray([.. run.Comparisons.Select(Comparison)]),
            ["packages"] = Object(PackageVersions.Read().Select(package => (package.Key, (JsonNode?)JsonValue.Create(package.Value)))),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(temporary, record.ToJsonString(Options) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    private static JsonObject Object(IEnumerable<(string Name, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
            result[name] = value;
        return result;
    }

    private static JsonNode Comparison(PaperRow row) => new JsonObject
    {
        ["what"] = row.What,
        ["paper"] = row.Paper,
        ["ours"] = row.Ours,
        ["note"] = row.Note,
        ["source"] = row.Source,
    };

    /// <summary>A parameter's value as the record keeps it.</summary>
    internal static JsonValue? Node(object? value) => value switch
    {
        null => null,
        Enum name => JsonValue.Create(name.ToString()),
        bool truth => JsonValue.Create(truth),
        int whole => JsonValue.Create(whole),
        long whole => JsonValue.Create(whole),
        float real => JsonValue.Create(real),
        double real => JsonValue.Create(real),
        _ => JsonValue.Create(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
