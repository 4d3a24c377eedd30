using System.Text.Json;

namespace Contrastive.Cli.Results;

/// <summary>A number from a paper or a public benchmark, shown beside ours.</summary>
/// <param name="Lesson">The lesson, such as <c>01-simclr</c>.</param>
/// <param name="Data">The data set, such as <c>cifar10</c>.</param>
/// <param name="Metric">The metric's name in run records.</param>
/// <param name="Value">The number, in the record's unit.</param>
/// <param name="Setting">How it was obtained, and by whom.</param>
internal sealed record Published(string Lesson, string Data, string Metric, double Value, string Setting)
{
    private const string ResourceName = "Contrastive.published.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>The repository's <c>data/published.json</c>.</summary>
    public static IReadOnlyList<Published> BuiltIn { get; } = Read();

    private static List<Published> Read()
    {
        using var stream = typeof(Published).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The command was built without its published figures (resource {ResourceName}).");
        return JsonSerializer.Deserialize<List<Published>>(stream, Options) ?? [];
    }
}
