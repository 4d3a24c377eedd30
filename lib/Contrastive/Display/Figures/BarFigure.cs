namespace Contrastive.Display;

/// <summary>Bars with their values.</summary>
internal static class BarFigure
{
    public static FigureData Of(string title, string yTitle, IReadOnlyList<(string Name, double Value)> bars, IReadOnlyList<(string Name, double Value)> references)
    {
        if (bars.Count == 0)
            throw new ArgumentException("There are no bars to draw; give at least one, such as (\"trained\", 0.72).", nameof(bars));
        foreach (var (name, value) in bars.Concat(references))
        {
            if (!double.IsFinite(value))
                throw new ArgumentException($"The bar '{name}' is {value}; expected a finite number.", nameof(bars));
        }

        var texts = NumberText.Beside([.. bars.Select(bar => bar.Value)]);
        return new FigureData("bars", PlotText.Escape(title), "", PlotText.Escape(yTitle))
        {
            Series = [new SeriesData("", 0, PlotText.Numbers(bars.Select(bar => bar.Value))) { Labels = PlotText.Escape(bars.Select(bar => bar.Name)), Hover = texts }],
            References = [.. references.Select(reference => new ReferenceData(PlotText.Escape(reference.Name), reference.Value))],
            Summary = [.. bars.Zip(texts, (bar, text) => $"{bar.Name}: {text}"), .. references.Select(reference => $"{reference.Name} (line): {NumberText.Fraction(reference.Value)}")],
        };
    }
}
