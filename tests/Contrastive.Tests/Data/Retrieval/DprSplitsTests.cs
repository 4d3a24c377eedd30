using Contrastive.Data;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;

namespace Contrastive.Tests.Data;

public sealed class DprSplitsTests : IDisposable
{
    private const string Passages = "id\ttext\ttitle\n1\tTea is a drink.\tTea\n2\tCoffee wakes.\tCoffee\n3\tMilk is white.\tMilk\n";

    private static readonly DprQuestion[] Training =
    [
        new("lost?", []) { Positives = [new("Gone", "gone") { Id = "9" }] },
        new("what is tea?", ["a drink"])
        {
            Positives = [new("Tea", "Tea is a drink.") { Id = "1" }, new("Gone", "gone")],
            HardNegatives = [new("Milk", "Milk is white."), new("Coffee", "Otherwise.") { Id = "2" }, new("Tea", "Tea is a drink."), new("Gone", "gone"), new("", "") { Id = "3" }],
        },
        new("what is white?", ["Milk"]) { Positives = [new("Milk", "Milk is white."), new("Tea", "Tea is a drink.") { Id = "1" }] },
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DPRs_own_names_are_known_and_passages_are_found_by_id_or_text()
    {
        var splits = RetrievalData.LoadSplits($"dpr:{Written()}");
        Assert.Equal("nq: 3 passages; 2 questions to train, 1 to develop and 2 to test on", splits.ToString());
        Assert.Equal(["train-1", "train-2"], splits.Training.Queries.Select(query => query.Id));
        Assert.Equal(["a drink"], splits.Training.Queries[0].Answers);
        Assert.Equal([("1", 1)], splits.Training.Relevance["train-1"].Select(judged => (judged.Key, judged.Value)));
        Assert.Equal(["3", "1"], splits.Training.Relevance["train-2"].Keys);
        Assert.Equal(["3", "2"], splits.HardNegatives!["train-1"]);
        Assert.Empty(splits.HardNegatives["train-2"]);
        Assert.Equal(["test-0", "test-1"], splits.Test.Queries.Select(query => query.Id));
        Assert.Equal(["Coffee"], splits.Test.Queries[0].Answers);
        Assert.Empty(splits.Test.Relevance);
        Assert.Equal(
            [
                "biencoder-nq-train.json: questions without a positive in the corpus: 1 of 3; they are left out.",
                "biencoder-nq-train.json: further positives that the corpus lacks: 1; they are left out.",
                "biencoder-nq-train.json: hard negatives that the corpus lacks: 1; they are left out.",
                "biencoder-nq-train.json: hard negatives that are positives of the same question: 1; they are left out.",
                "Passages of questions whose passage_id names one of another title or text in the corpus: 2; the passage_id counts.",
                "Training questions that development or test asks as well: 1; they stay.",
            ],
            splits.Notes);
    }

    [Fact]
    public void Missing_or_several_files_are_listed()
    {
        var folder = Written();
        _folder.Text("nq/more.tsv", Passages);
        Assert.Contains("holds 2 files *.tsv (or .gz): more.tsv, psgs_w100.tsv.gz; expected one each", Missing(folder), StringComparison.Ordinal);
        File.Delete(_folder.At("nq/more.tsv"));
        File.Delete(_folder.At("nq/nq-test.qa.csv"));
        Assert.EndsWith("holds no file *test*.csv (or .gz); expected one each: *train*.json or .jsonl, *dev*.json or .jsonl, *.tsv, *test*.csv. "
            + "It holds: biencoder-nq-dev.json, biencoder-nq-train.json, psgs_w100.tsv.gz.", Missing(folder), StringComparison.Ordinal);
        Assert.StartsWith($"'{_folder.Text("a.json", "[]")}' is a file; dpr:FOLDER takes a folder", Missing(_folder.At("a.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_of_others_or_an_id_twice_is_refused()
    {
        var folder = Written();
        _folder.Write("nq/psgs_w100.tsv.gz", GZip("7\tOther.\tOther\n"));
        Assert.Contains("none of its 3 questions has a positive in the corpus", Wrong(() => RetrievalData.LoadSplits($"dpr:{folder}")), StringComparison.Ordinal);
        _folder.Write("nq/psgs_w100.tsv.gz", GZip(Passages + "1\tb\tB\n"));
        Assert.EndsWith("the id '1' occurs twice, for 'Tea' and 'B'.", Wrong(() => RetrievalData.LoadSplits($"dpr:{folder}")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_mined_becomes_training_data_that_is_read_back()
    {
        var (tea, milk) = (new Passage("1", "Tea", "Tea is a drink."), new Passage("3", "Milk", "Milk is white."));
        var query = new Query("q", "what is tea?") { Answers = ["a drink"] };
        DprFile.Write(_folder.At("mined.json"), [DprQuestion.Of(query, [tea], [(milk, 7.5)])]);
        var read = DprFile.Read(_folder.At("mined.json")).Single();
        Assert.Equal(("what is tea?", "a drink"), (read.Question, read.Answers.Single()));
        Assert.Equal([new DprPassage("Tea", "Tea is a drink.") { Id = "1" }], read.Positives);
        Assert.Equal([new DprPassage("Milk", "Milk is white.") { Id = "3", Score = 7.5 }], read.HardNegatives);
        BadInput.Refused("Query 'q': the passage '1' is among its positives", () => DprQuestion.Of(query, [tea], [(milk, 2), (tea, 1)]));
    }

    private string Written()
    {
        _folder.Write("nq/psgs_w100.tsv.gz", GZip(Passages));
        DprFile.Write(_folder.At("nq/biencoder-nq-train.json"), Training);
        DprFile.Write(_folder.At("nq/biencoder-nq-dev.json"), [new DprQuestion("white?", []) { Positives = [new("Milk", "Milk is white.") { Id = "3" }] }]);
        _folder.Text("nq/nq-test.qa.csv", "what wakes\t['Coffee']\nWhat is tea\t['drink']\n");
        return _folder.At("nq");
    }

    private static string Missing(string folder) => Assert.Throws<FileNotFoundException>(() => RetrievalData.LoadSplits($"dpr:{folder}")).Message;
}
