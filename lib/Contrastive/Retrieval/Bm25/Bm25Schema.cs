using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Contrastive.Retrieval;

/// <summary>What the fields of a BM25 index are called, and how their words are found.</summary>
internal static class Bm25Schema
{
    public const string Id = "id", KeptTitle = "kept-title", KeptText = "kept-text";

    private const string Title = "title", Text = "text", Contents = "contents";

    /// <summary>The fields that a question is compared with.</summary>
    public static IReadOnlyList<string> Searched(Bm25Fields fields) => fields == Bm25Fields.Joined ? [Contents] : [Title, Text];

    public static string Value(Passage passage, string field) => field switch
    {
        Title => passage.Title,
        Text => passage.Text,
        _ => passage.Contents,
    };

    public static Analyzer Analyzer(Bm25Analyzer analyzer) => analyzer == Bm25Analyzer.English
        ? new EnglishAnalyzer(LuceneVersion.LUCENE_48)
        : new StandardAnalyzer(LuceneVersion.LUCENE_48, CharArraySet.Empty);
}
