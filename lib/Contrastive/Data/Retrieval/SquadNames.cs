namespace Contrastive.Data;

/// <summary>Names of articles that differ and hold no white space, so that they can stand in a run file.</summary>
internal sealed class SquadNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The article's title with underscores; a title that comes again gets a number. An article without a title is called
    /// <c>untitled</c>.</summary>
    public string Of(string title)
    {
        var name = string.IsNullOrWhiteSpace(title) ? "untitled" : string.Concat(title.Select(letter => char.IsWhiteSpace(letter) ? '_' : letter));
        if (_taken.Add(name))
            return name;
        var number = 2;
        while (!_taken.Add($"{name}.{number}"))
            number++;
        return $"{name}.{number}";
    }
}
