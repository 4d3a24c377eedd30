using Contrastive.Data;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;
using static Contrastive.Tests.Losses.BadInput;

namespace Contrastive.Tests.Data;

public sealed class QrelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Judgments_are_written_in_four_columns_and_read_back()
    {
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>
        {
            ["q1"] = new Dictionary<string, int> { ["a"] = 2, ["b"] = -1 },
            ["q\"2"] = new Dictionary<string, int> { ["é"] = 0 },
        };
        Qrels.Write(_folder.At("qrels"), relevance);
        Assert.Equal("q1 0 a 2\nq1 0 b -1\nq\"2 0 é 0\n", File.ReadAllText(_folder.At("qrels")));
        Assert.Equivalent(relevance, Qrels.Read(_folder.At("qrels")), strict: true);
    }

    [Theory]
    [InlineData("q1 0 a 1\nq2 0 b 0\n")]
    [InlineData("\uFEFFq1\t0\ta\t1\r\nq2   Q0 b\t0")]
    [InlineData("query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t0\n")]
    public void Blanks_line_ends_and_BEIRs_columns_are_understood(string text)
    {
        var read = Qrels.Read(_folder.Text("qrels", text));
        Assert.Equal([("q1", "a", 1), ("q2", "b", 0)], read.Select(query => (query.Key, query.Value.Single().Key, query.Value.Single().Value)));
        Assert.Equivalent(read, Qrels.Read(_folder.Write("qrels.gz", GZip(text))), strict: true);
    }

    [Theory]
    [InlineData("q1 0 a 1\nq1 0 a 1", ", line 2: document 'a' is judged a second time for query 'q1'.")]
    [InlineData("q1 0 a 1\nq1 0 a", ", line 2: there are 3 columns; expected 4: query, 0, document, grade.")]
    [InlineData("q1 0 a high", ", line 1: the grade 'high' is no whole number.")]
    [InlineData(" \n", ": it holds no judgment.")]
    public void A_wrong_line_is_named(string text, string expected) =>
        Assert.Equal($"{_folder.At("qrels")}{expected}", Wrong(() => Qrels.Read(_folder.Text("qrels", text))));

    [Fact]
    public void An_id_that_a_column_cannot_hold_is_refused()
    {
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>> { ["q"] = new Dictionary<string, int> { ["a b"] = 1 } };
        Refused("The document's id 'a b' is empty or holds white space", () => Qrels.Write(_folder.At("qrels"), relevance));
        Assert.Empty(_folder.Names);
    }
}
