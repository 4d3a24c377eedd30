using System.Text.Json;
using Plotly.NET;

namespace Contrastive.Charts;

/// <summary>
/// The entry point of this assembly, found by its name: the library loads it in a load context of its own and passes only strings,
/// so that none of Plotly.NET's types conflict with those of a notebook's kernel.
/// </summary>
public static class Renderer
{
    private const string ScriptPrefix = "Plotly.NET.plotly-";
    private const string ScriptSuffix = ".min.js";

    /// <summary>Draws a figure.</summary>
    /// <param name="description">The figure as JSON: <c>kind</c>, titles and data; see <see cref="FigureDescription"/>.</param>
    /// <returns>JSON with <c>data</c>, <c>layout</c> and <c>config</c>, as plotly.js expects it.</returns>
    /// <exception cref="JsonException">The text is not a figure description.</exception>
    public static string Draw(string description)
    {
        var figure = JsonSerializer.Deserialize<FigureDescription>(description, JsonSerializerOptions.Web)
            ?? throw new JsonException("The figure's description is null.");
        var chart = GenericChart.combine(Traces.Of(figure).Select(trace => GenericChart.ofTraceObject(false, trace)));
        chart = GenericChart.setLayout(Theme.Layout(figure), chart);
        return GenericChart.toJson(GenericChart.setConfig(Theme.Config(), chart));
    }

    /// <summary>The source of plotly.js, which Plotly.NET ships: figures need no network.</summary>
    public static string Script()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(
            name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal) && name.EndsWith(ScriptSuffix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
