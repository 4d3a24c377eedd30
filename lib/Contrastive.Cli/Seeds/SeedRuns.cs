using System.Globalization;
using System.Text.Json.Nodes;

namespace Contrastive.Cli.Seeds;

/// <summary>The runs of one lesson that differ in their seed alone.</summary>
/// <param name="Runs">Each seed with what its <c>metrics.json</c> holds, in the order of the runs.</param>
internal sealed record SeedRuns(IReadOnlyList<(long Seed, JsonObject Json)> Runs)
{
    private JsonObject First => Runs[0].Json;

    public string Data => First["data"]?.ToString() ?? "default";

    /// <summary>The parameters by name; empty for a notebook that keeps none.</summary>
    public JsonObject Parameters => First["parameters"] as JsonObject ?? [];

    /// <summary>Each metric with its value in each seed that recorded it, in the order of the records.</summary>
    public IReadOnlyList<(string Metric, IReadOnlyList<double> Values)> Metrics =>
    [
        .. Runs.SelectMany(run => Numbers(run.Json)).GroupBy(metric => metric.Name)
            .Select(same => (same.Key, (IReadOnlyList<double>)[.. same.Select(metric => metric.Value)])),
    ];

    /// <summary>What a record keeps: commit, date, machine, parameters, and each seed's metrics.</summary>
    /// <exception cref="InvalidDataException">The seeds ran with different parameters.</exception>
    public JsonObject ToJson()
    {
        foreach (var (seed, json) in Runs)
        {
            if (Differences(Parameters, json["parameters"] as JsonObject ?? []) is { Count: > 0 } names)
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"Seed {seed} ran with other parameters than seed {Runs[0].Seed} ({string.Join(", ", names)}): their figures are not of one experiment."));
        }

        return new JsonObject
        {
            ["commit"] = First["gitCommit"]?.DeepClone(),
            ["date"] = First["started"]?.ToString()[..10],
            ["machine"] = First["deviceName"]?.DeepClone(),
            ["threads"] = First["threads"]?.DeepClone(),
            ["parameters"] = Parameters.DeepClone(),
            ["seeds"] = new JsonObject(Runs.Select(run => KeyValuePair.Create(
                run.Seed.ToString(CultureInfo.InvariantCulture),
                (JsonNode?)new JsonObject(Numbers(run.Json).Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)JsonValue.Create(metric.Value))))))),
        };
    }

    /// <summary>The names of the parameters that differ, or that one of the two lacks.</summary>
    public static IReadOnlyList<string> Differences(JsonObject one, JsonObject other) =>
        [.. one.Select(parameter => parameter.Key).Union(other.Select(parameter => parameter.Key))
            .Where(name => !one.ContainsKey(name) || !other.ContainsKey(name) || !JsonNode.DeepEquals(one[name], other[name]))];

    private static IEnumerable<(string Name, double Value)> Numbers(JsonObject json) =>
        from metric in json["metrics"] as JsonObject ?? []
        where metric.Value is JsonValue value && value.TryGetValue<double>(out _)
        select (metric.Key, metric.Value!.GetValue<double>());
}
