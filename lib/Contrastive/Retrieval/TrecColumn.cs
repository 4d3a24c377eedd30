namespace Contrastive.Retrieval;

/// <summary>A column of TREC's files, which blanks separate.</summary>
internal static class TrecColumn
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <exception cref="ArgumentException">The value is empty or holds white space; it would be read back as something else.</exception>
    public static string Check(string value, string kind, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        return value.Length > 0 && !value.Any(char.IsWhiteSpace)
            ? value
            : throw new ArgumentException($"The {kind} '{value}' is empty or holds white space, which separates the columns of the file; give it another name.", parameter);
    }

    public static string[] Split(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
