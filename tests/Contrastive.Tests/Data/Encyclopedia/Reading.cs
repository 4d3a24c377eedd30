using System.Text.RegularExpressions;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Contrastive.Tests.Data;

/// <summary>What the tests of the encyclopedia see in a text, written independently of how it is generated.</summary>
internal static partial class Reading
{
    private static readonly EnglishAnalyzer Analyzer = new(LuceneVersion.LUCENE_48);

    public static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>A text's words with a space before and after each.</summary>
    public static string Spaced(string text) => $" {string.Join(' ', Words(text))} ";

    /// <summary>Whether the words of the answer occur in the text, one after the other.</summary>
    public static bool Holds(string text, string answer) => Spaced(text).Contains(Spaced(answer), StringComparison.Ordinal);

    /// <summary>The stems of a text's words, without stop words, as BM25 sees them.</summary>
    public static HashSet<string> Stems(string text)
    {
        using var stream = Analyzer.GetTokenStream("", text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var stems = new HashSet<string>(StringComparer.Ordinal);
        stream.Reset();
        while (stream.IncrementToken())
            stems.Add(term.ToString()!);
        stream.End();
        return stems;
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
