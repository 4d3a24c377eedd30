namespace Contrastive.Torch;

/// <summary>Ingredients that are chosen by name, as <c>--set</c> gives it; upper and lower case are the same.</summary>
/// <param name="what">What is chosen: <c>loss</c>.</param>
/// <param name="choices">The names and what they stand for.</param>
internal sealed class NamedChoices<T>(string what, params (string Name, T Value)[] choices)
{
    public IReadOnlyList<string> Names { get; } = [.. choices.Select(choice => choice.Name)];

    /// <exception cref="ArgumentException">Nothing has the name.</exception>
    public T this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            var place = Array.FindIndex(choices, choice => string.Equals(choice.Name, name, StringComparison.OrdinalIgnoreCase));
            return place >= 0
                ? choices[place].Value
                : throw new ArgumentException($"The {what} is '{name}'; expected {string.Join(", ", Names.SkipLast(1))} or {Names[^1]}.", nameof(name));
        }
    }
}
