using System.Globalization;
using System.Text.Json;

namespace Contrastive.Runs;

/// <summary>What <c>contrastive run</c> passes to a lesson in environment variables; all are unset in an editor.</summary>
internal sealed record RunEnvironment(Tier Tier, long? Seed, string? DataName, string? Folder, IReadOnlyDictionary<string, JsonElement> Overrides)
{
    private const string TierVariable = "CONTRASTIVE_TIER";
    private const string SeedVariable = "CONTRASTIVE_SEED";
    private const string SetVariable = "CONTRASTIVE_SET";

    public static RunEnvironment Read(Func<string, string?> variable)
    {
        string? Text(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        return new RunEnvironment(
            ParseTier(Text(TierVariable)),
            ParseSeed(Text(SeedVariable)),
            Text("CONTRASTIVE_DATASET"),
            Text("CONTRASTIVE_RUN"),
            ParseOverrides(Text(SetVariable)));
    }

    private static Tier ParseTier(string? text)
    {
        if (text is null)
            return Tier.Laptop;
        foreach (var tier in Enum.GetValues<Tier>())
        {
            if (string.Equals(tier.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return tier;
        }

        throw new ArgumentException($"{TierVariable} is '{text}'; choose smoke, laptop or paper.");
    }

    private static long? ParseSeed(string? text) => text switch
    {
        null => null,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) => seed,
        _ => throw new ArgumentException($"{SeedVariable} is '{text}'; expected a whole number, such as 1."),
    };

    private static Dictionary<string, JsonElement> ParseOverrides(string? text)
    {
        if (text is null)
            return [];
        try
        {
            var parsed = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
            return new Dictionary<string, JsonElement>(parsed ?? [], StringComparer.Ordinal);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                $"{SetVariable} is '{text}'; expected a JSON object of parameters, such as {{\"batchSize\": 128}}.", exception);
        }
    }
}
