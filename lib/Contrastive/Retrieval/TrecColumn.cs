using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <summary>A column of TREC's files, which blanks separate.</summary>
internal static class TrecColumn
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <exception cref="ArgumentException">The value is empty or holds white space, and would be read back as something else, or half of a
    /// surrogate pair, which UTF-8 cannot hold.</exception>
    public static string Check(string value, string kind, string parameter)
    {
        ArgumentNullException.ThrowIfNull(value, parameter);
        if (HalfSurrogate.IsIn(value))
            throw new ArgumentException($"The {kind} '{value}' holds half of a surrogate pair; expected Unicode text.", parameter);
        return value.Length > 0 && !value.Any(char.IsWhiteSpace)
            ? value
            : throw new ArgumentException($"The {kind} '{value}' is empty or holds white space, which separates the columns of the file; give it another name.", parameter);
    }

    public static string[] Split(string line) => line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
}
