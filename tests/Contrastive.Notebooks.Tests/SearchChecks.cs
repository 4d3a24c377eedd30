namespace Contrastive.Notebooks.Tests;

/// <summary>What each example of docs/search.md must do: a cell that runs after it and throws if it does not.</summary>
internal static class SearchChecks
{
    public static IReadOnlyDictionary<string, string> Cells { get; } = new Dictionary<string, string>
    {
        ["What is searched, and asked"] = """
            Same([1600, 800], [set.Passages.Count, set.Queries.Count], "passages and test questions");
            True(passage.Text.Length > 0 && query.Answers.Count > 0, "a passage and a question with its answer");
            """,
        ["By words"] = """
            Same([5], [hits.Count], "hits");
            True(encyclopedia.Relevance[encyclopedia.Queries[0].Id].ContainsKey(hits[0].Id), "the first question uses the passage's words");
            """,
        ["By vectors, and by both"] = """
            var asked = corpus.Queries.Take(100).ToList();
            double Top20(IRetriever search) => RetrievalReport.Of(
                RetrievalRun.Of(search, asked, topK: 20), asked.ToDictionary(query => query.Id, query => corpus.Relevance[query.Id]), [RetrievalMeasure.SuccessAt(20)])["Success@20"];
            True(Top20(byVectors) > 0.1, "shared words are found by random vectors too");
            True(Top20(byBoth) > 0.4, "the fused search finds what BM25 finds");
            Same(byBoth.Search([asked[0].Text], 3)[0], byBoth.Search([asked[0].Text], 3)[0], "the same answer twice");
            """,
        ["Two towers, trained"] = """
            Same([300], [mined.Questions.Count], "training questions");
            True(mined.Count > 100 && mined.Questions.Zip(training).All(pair => pair.First.Negatives.All(negative => !pair.Second.PositiveIds.Contains(negative.Id))), "negatives, none of them right");
            Same(Values(towers.EncodePassages([.. texts.Values.Take(8)])), Values(loaded), "what was saved");
            """,
        ["Is half a point real?"] = """
            var test = PairedTest.Of(apart, joined, "nDCG@10");
            Same([800], [test.Queries], "questions");
            True(test.PValue is > 0 and <= 1 && test.Low <= test.Difference && test.Difference <= test.High, "p and an interval around the difference");
            """,
        ["Millions of vectors"] = """
            var file = ExactIndex.Open("vectors.npy", VectorMetric.Cosine);
            var rounded = ExactIndex.Open("vectors.npy", VectorMetric.Cosine, VectorPrecision.Int8);
            var probes = randn(100, 64);
            Same(Numbers(file.Search(probes, 10).Indices), Numbers(rounded.Search(probes, 10).Indices), "rescored bytes find what float32 finds");
            Same([20_000], [file.Count], "all batches");
            """,
        ["Approximately"] = """
            True(recall is > 0.9 and <= 1, "most of the nearest");
            """,
    };
}
