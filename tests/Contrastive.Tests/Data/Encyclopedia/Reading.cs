using System.Text.RegularExpressions;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Contrastive.Tests.Data;

/// <summary>What the tests of the encyclopedia see in a text, written independently of how it is generated.</summary>
internal static partial class Reading
{
    public static string[] Words(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>Whether the words of the answer occur in the text, one after the other.</summary>
    public static bool Holds(string text, string answer) => $" {string.Join(' ', Words(text))} ".Contains($" {string.Join(' ', Words(answer))} ", StringComparison.Ordinal);

    /// <summary>The stems of a text's words, without stop words, as BM25 sees them.</summary>
    public static HashSet<string> Stems(string text)
    {
        using var analyzer = new EnglishAnalyzer(LuceneVersion.LUCENE_48);
        using var stream = analyzer.GetTokenStream("", text);
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
