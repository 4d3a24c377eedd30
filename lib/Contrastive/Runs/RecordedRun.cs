using System.Globalization;
using System.Text.Json;

namespace Contrastive.Runs;

/// <summary>What a run's <c>metrics.json</c> says.</summary>
internal sealed record RecordedRun(
    string Folder, string Lesson, string Tier, string Data, long? Seed, string Device, DateTime? Started, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Overridden, IReadOnlyDictionary<string, double> Metrics)
{
    /// <exception cref="JsonException">The file is not JSON.</exception>
    /// <exception cref="InvalidDataException">It is not the record of a run.</exception>
    public static RecordedRun Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "lesson") is not { } lesson)
            throw new InvalidDataException("It is not the record of a run: an object with a 'lesson' was expected.");
        return new RecordedRun(
            Path.GetDirectoryName(path)!,
            lesson,
            Text(root, "tier") ?? "?",
            Text(root, "data") ?? "generated",
            long.TryParse(Text(root, "seed"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : null,
            Text(root, "device") ?? "?",
            DateTimeOffset.TryParse(Text(root, "started"), CultureInfo.InvariantCulture, out var started) ? started.UtcDateTime : null,
            Entries(root, "parameters").ToDictionary(entry => entry.Name, entry => entry.Value.ToString()),
            Entries(root, "overridden").ToDictionary(entry => entry.Name, entry => entry.Value.ToString()),
            Entries(root, "metrics").Where(entry => entry.Value.ValueKind == JsonValueKind.Number).ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble()));
    }

    private static JsonElement.ObjectEnumerator Entries(JsonElement root, string name) =>
        root.TryGetProperty(name, out var entries) && entries.ValueKind == JsonValueKind.Object ? entries.EnumerateObject() : default;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
