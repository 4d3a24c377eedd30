using System.Text.Json;

namespace Contrastive.Runs;

/// <summary>What several seeds of a lesson measured with the same parameters: an entry of the repository's
/// <c>data/seeds/LESSON.json</c>, which <c>contrastive run LESSON --seeds 1..3 --record</c> writes.</summary>
/// <param name="Commit">The commit that was run; null outside git.</param>
/// <param name="Date">The day, as <c>2026-11-27</c>.</param>
/// <param name="Machine">The device and its threads.</param>
/// <param name="Threads">The threads that torch used.</param>
/// <param name="Parameters">The lesson's parameters by name.</param>
/// <param name="Seeds">The metrics of each seed by name.</param>
internal sealed record SeedRecord(
    string? Commit, string Date, string Machine, int Threads, IReadOnlyDictionary<string, JsonElement> Parameters,
    IReadOnlyDictionary<long, Dictionary<string, double>> Seeds)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The text of a lesson's file as it was when the library was built; null if there was none.</summary>
    public static string? BuiltIn(string lesson)
    {
        using var stream = typeof(SeedRecord).Assembly.GetManifestResourceStream($"Contrastive.seeds.{lesson}.json");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The entry of a tier and data set; null if the file has none.</summary>
    /// <exception cref="InvalidDataException">The text is not such a file.</exception>
    public static SeedRecord? Find(string json, string lesson, Tier tier, string data)
    {
        try
        {
            var tiers = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, SeedRecord>>>(json, Options);
            return tiers?.GetValueOrDefault(tier.ToString().ToLowerInvariant())?.GetValueOrDefault(data);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"data/seeds/{lesson}.json, line {error.LineNumber + 1}: {error.Message} Write it anew: contrastive run {lesson} --seeds 1..3 --record.", error);
        }
    }

    /// <summary>Where the run's parameters differ from the record's, in words; empty if nowhere.</summary>
    public IReadOnlyList<string> Differences(IEnumerable<LessonParameter> parameters)
    {
        var ours = parameters.ToDictionary(parameter => parameter.Name, parameter => JsonSerializer.SerializeToElement(RunRecord.Node(parameter.Value)));
        return
        [
            .. from name in Parameters.Keys.Union(ours.Keys)
               let recorded = Parameters.TryGetValue(name, out var theirs) ? theirs : (JsonElement?)null
               let here = ours.TryGetValue(name, out var mine) ? mine : (JsonElement?)null
               where recorded is null || here is null || !JsonElement.DeepEquals(recorded.Value, here.Value)
               select $"{name} {Text(recorded)} (here {Text(here)})",
        ];
    }

    private static string Text(JsonElement? value) => value is { } known ? known.ToString() is { Length: > 0 } text ? text : "empty" : "unknown";
}
