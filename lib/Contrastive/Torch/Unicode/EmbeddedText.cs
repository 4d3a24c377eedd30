namespace Contrastive.Torch;

/// <summary>The text tables embedded in the library's assembly.</summary>
internal static class EmbeddedText
{
    /// <summary>The lines of a table, without comments (<c>#</c>) or empty lines.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        var stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without its table '{name}'.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }
}
