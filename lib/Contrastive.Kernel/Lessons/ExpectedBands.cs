using System.Text.Json;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Lessons;

/// <summary>
/// The bands in which a lesson's metrics must lie, from <c>data/expected/LESSON.json</c>: tier, then data set, then metric, then
/// <c>min</c> and <c>max</c> (either may be omitted):
/// <code>{ "smoke": { "shapes": { "knn.trained": { "min": 0.3, "max": 1 } } } }</code>
/// </summary>
public sealed class ExpectedBands
{
    private readonly JsonObject _tiers;
    private readonly string _file;

    private ExpectedBands(JsonObject tiers, string file)
    {
        _tiers = tiers;
        _file = file;
    }

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file's path.</param>
    /// <returns>The bands.</returns>
    /// <exception cref="FormatException">The file is not of the form above; the message gives the place.</exception>
    public static ExpectedBands Load(string file)
    {
        try
        {
            return new ExpectedBands(Object(JsonNode.Parse(File.ReadAllText(file)), file, "$"), file);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{file}: not valid JSON. {exception.Message}", exception);
        }
    }

    /// <summary>Checks a run's metrics against the bands of its tier and data set.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="data">The data set.</param>
    /// <param name="metrics">The run's metrics by name.</param>
    /// <returns>The bands with the run's values; null if the file has none for this tier and data set.</returns>
    /// <exception cref="FormatException">The file is not of the form above; the message gives the place.</exception>
    public IReadOnlyList<Band>? Check(string tier, string data, JsonObject metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        if (_tiers[tier] is not { } tierNode || Object(tierNode, _file, $"$.{tier}")[data] is not { } dataNode)
        {
            return null;
        }

        var place = $"$.{tier}.{data}";
        return [.. Object(dataNode, _file, place).Select(pair =>
        {
            var band = Object(pair.Value, _file, $"{place}['{pair.Key}']");
            if (band.FirstOrDefault(part => part.Key is not ("min" or "max")).Key is { } unknown)
            {
                throw new FormatException($"{_file}, {place}['{pair.Key}']: '{unknown}' is not known here; min and max were expected.");
            }

            var min = Number(band["min"], double.NegativeInfinity, $"{place}['{pair.Key}'].min");
            var max = Number(band["max"], double.PositiveInfinity, $"{place}['{pair.Key}'].max");
            return new Band(pair.Key, Value(metrics[pair.Key]), min, max);
        })];
    }

    private static double? Value(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    private static JsonObject Object(JsonNode? node, string file, string place) =>
        node as JsonObject ?? throw new FormatException($"{file}, {place}: an object was expected.");

    private double Number(JsonNode? node, double missing, string place) => node is null
        ? missing
        : Value(node) ?? throw new FormatException($"{_file}, {place}: a number was expected, and this is {node.ToJsonString()}.");
}
