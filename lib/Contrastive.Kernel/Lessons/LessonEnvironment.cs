using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Lessons;

/// <summary>The environment variables that pass a run's settings to a lesson.</summary>
internal static class LessonEnvironment
{
    public static IReadOnlyDictionary<string, string?> For(LessonRequest request) => new Dictionary<string, string?>
    {
        ["CONTRASTIVE_TIER"] = request.Tier,
        ["CONTRASTIVE_DATASET"] = request.Data,
        ["CONTRASTIVE_SET"] = request.Settings.Count == 0 ? null : Settings(request.Settings),
        ["CONTRASTIVE_SEED"] = request.Seed?.ToString(CultureInfo.InvariantCulture),
        ["CONTRASTIVE_RUN"] = Path.GetFullPath(request.RunFolder),
        // No colors in captured text, and no multi-gigabyte core file when a cell crashes its process.
        ["NO_COLOR"] = "1",
        ["DOTNET_DbgEnableMiniDump"] = "0",
    };

    /// <summary>A JSON object: numbers and booleans as such, everything else as text.</summary>
    private static string Settings(IReadOnlyDictionary<string, string> settings)
    {
        var json = new JsonObject();
        foreach (var (name, value) in settings)
        {
            json[name] = Literal(value) ?? JsonValue.Create(value);
        }

        return json.ToJsonString();
    }

    private static JsonNode? Literal(string value)
    {
        try
        {
            return JsonNode.Parse(value) is { } node && node.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                ? JsonNode.Parse(value)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
