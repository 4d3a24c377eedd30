using Contrastive.Data;
using Contrastive.Evaluation;
using Contrastive.Retrieval;
using Contrastive.Tests.Data;
using Xunit;
using static Contrastive.Tests.Losses.BadInput;

namespace Contrastive.Tests.Retrieval;

public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("run.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_has_query_Q0_document_rank_score_and_tag()
    {
        RunFile.Write(Path, Results(("q2", [new("b", 0.5f), new("a", 1.5f)]), ("q1", []), ("q3", [new("c", -1e-10f)])), "bm25");
        Assert.Equal("q2 Q0 a 1 1.5 bm25\nq2 Q0 b 2 0.5 bm25\nq3 Q0 c 1 -1E-10 bm25\n", File.ReadAllText(Path));
        RunFile.Write(Path, Results(("q", [new("d", 1)])));
        Assert.Equal("q Q0 d 1 1 contrastive\n", File.ReadAllText(Path));
        Assert.Equal(["run.txt"], _folder.Names);
    }

    [Fact]
    public void Every_score_and_the_order_of_ties_come_back_exactly()
    {
        var random = new Random(3);
        var scores = Enumerable.Range(0, 2000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(float.IsFinite);
        IReadOnlyList<RankedItem> items = [.. scores.Concat([float.Epsilon, float.MaxValue, -0f, 0.1f, 1 / 3f]).OrderDescending().Select((score, place) => new RankedItem($"d{place}", score))];
        IReadOnlyList<RankedItem> tied = [new("m", 2), new("z", 1), new("a", 1), new("k", 1), new("b", 0)];
        RunFile.Write(Path, Results(("scores", items), ("ties", tied)));
        var read = RunFile.Read(Path);
        Assert.Equal(items.Select(item => (item.Id, BitConverter.SingleToInt32Bits(item.Score))), read["scores"].Select(item => (item.Id, BitConverter.SingleToInt32Bits(item.Score))));
        Assert.Equal(tied, read["ties"]);
    }

    [Fact]
    public void A_run_read_back_with_its_judgments_has_the_same_figures()
    {
        var random = new Random(7);
        var documents = Enumerable.Range(0, 60).Select(number => $"d{number}").ToArray();
        IReadOnlyList<RankedItem> Found() => [.. documents.Where(_ => random.Next(2) == 0).Select(id => new RankedItem(id, random.Next(8) / 7f)).OrderByDescending(item => item.Score)];
        IReadOnlyDictionary<string, int> Judged() => documents.Where(_ => random.Next(4) == 0).ToDictionary(id => id, _ => random.Next(-1, 4));
        var results = Results([.. Enumerable.Range(0, 20).Select(number => ($"q{number}", number == 4 ? [] : Found()))]);
        var relevance = Enumerable.Range(0, 22).ToDictionary(number => $"q{number}", _ => Judged());
        RunFile.Write(Path, results);
        Qrels.Write(_folder.At("qrels.txt"), relevance);
        var (again, judgedAgain) = (RunFile.Read(Path), Qrels.Read(_folder.At("qrels.txt")));
        RetrievalMeasure[] measures = [RetrievalMeasure.AveragePrecision, .. new[] { 1, 14, 27, 40 }.SelectMany(k => new[] { RetrievalMeasure.NdcgAt(k), RetrievalMeasure.RecallAt(k) })];
        Assert.Equal(RetrievalReport.Of(results, relevance, measures).Means, RetrievalReport.Of(again, judgedAgain, measures).Means);
    }

    [Fact]
    public void Tabs_carriage_returns_wrong_ranks_and_mixed_queries_are_read()
    {
        _folder.Text("run.txt", "\uFEFFq1\tQ0\ta\t9\t0.5\tx\r\n\r\n  q2 0  b 1 1e-2 y\nq1 Q0 c 1 7 x");
        var read = RunFile.Read(Path);
        Assert.Equal([new("c", 7), new("a", 0.5f)], read["q1"]);
        Assert.Equal([new("b", 0.01f)], read["q2"]);
        Assert.Equal(["q1", "q2"], read.Keys);
    }

    [Theory]
    [InlineData("q", "line 2: there is 1 column; expected 6: query, Q0, document, rank, score, tag.")]
    [InlineData("q Q0 d 1 0.5", "line 2: there are 5 columns; expected 6: query, Q0, document, rank, score, tag.")]
    [InlineData("q Q0 d 1 high x", "line 2: the score 'high' is no finite number.")]
    [InlineData("q Q0 d 1 NaN x", "line 2: the score 'NaN' is no finite number.")]
    [InlineData("q Q0 a 2 0.1 x", "line 2: query 'q' has document 'a' a second time.")]
    public void A_wrong_line_is_named(string line, string expected)
    {
        _folder.Text("run.txt", $"q Q0 a 1 1 x\n{line}\n");
        Assert.Equal($"{Path}, {expected}", RetrievalFiles.Wrong(() => RunFile.Read(Path)));
    }

    [Fact]
    public void What_is_not_UTF8_is_refused()
    {
        _folder.Write("run.txt", [.. "q Q0 "u8, 0xff, .. " 1 1 x"u8]);
        Assert.Equal($"{Path}: it is not UTF-8, in line 1 or soon after.", RetrievalFiles.Wrong(() => RunFile.Read(Path)));
    }

    [Fact]
    public void What_a_file_could_not_hold_is_refused_and_the_older_file_stays()
    {
        _folder.Text("run.txt", "older");
        Refused("The document's id 'a b' is empty or holds white space", () => RunFile.Write(Path, Results(("q", [new("a b", 1)]))));
        Refused("The document's id '' is empty", () => RunFile.Write(Path, Results(("q", [new("", 1)]))));
        Refused("The query's id 'q\t1' is empty or holds white space", () => RunFile.Write(Path, Results(("q\t1", [new("a", 1)]))));
        Refused("The document's id 'a\ud83d' holds half of a surrogate pair", () => RunFile.Write(Path, Results(("q", [new("a\ud83d", 1)]))));
        Refused("The tag 'my run' is empty or holds white space", () => RunFile.Write(Path, Results(("q", [new("a", 1)])), "my run"));
        Refused("Query 'q' has document 'a' with the score NaN", () => RunFile.Write(Path, Results(("q", [new("a", float.NaN)]))));
        Refused("Query 'q' has document 'a' twice.", () => RunFile.Write(Path, Results(("q", [new("a", 1), new("a", 2)]))));
        Assert.Equal("older", File.ReadAllText(Path));
        Assert.Equal(["run.txt"], _folder.Names);
    }

    private static Dictionary<string, IReadOnlyList<RankedItem>> Results(params (string Query, IReadOnlyList<RankedItem> Items)[] results) =>
        results.ToDictionary(query => query.Query, query => query.Items);
}
