using System.Text.Json;
using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;

namespace Contrastive.Tests.Data;

public sealed class DprFileTests : IDisposable
{
    private const string First = """
        {"dataset": "nq", "question": "who sings?", "answers": ["Ann", "Bob", "Ann"],
          "positive_ctxs": [{"title": "Song", "text": "Ann sings.", "score": 1000, "title_score": 1, "passage_id": "17"}],
          "negative_ctxs": [{"title": null, "text": "", "score": "7.25", "psg_id": 12}],
          "hard_negative_ctxs": []}
        """;

    private const string Second = """{"question": "et après?"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train.json", false)]
    [InlineData("train.json.gz", false)]
    [InlineData("train.jsonl", true)]
    public void An_array_and_lines_give_the_same_questions(string name, bool isLines)
    {
        var text = isLines ? $"\uFEFF\n{First.ReplaceLineEndings(" ")}\r\n{Second}\n\n" : $"\uFEFF\n [{First}\n,{Second}]\n";
        var path = _folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? GZip(text) : System.Text.Encoding.UTF8.GetBytes(text));
        var questions = DprFile.Read(path);
        var read = questions.ToList();
        Assert.Equal(["who sings?", "et après?"], read.Select(question => question.Question));
        Assert.Equal(["Ann", "Bob"], read[0].Answers);
        Assert.Equal([new DprPassage("Song", "Ann sings.") { Id = "17", Score = 1000, TitleScore = 1 }], read[0].Positives);
        Assert.Equal([new DprPassage("", "") { Id = "12", Score = 7.25 }], read[0].Negatives);
        Assert.Empty(read[0].HardNegatives);
        Assert.Equal((0, 0, 0, 0), (read[1].Answers.Count, read[1].Positives.Count, read[1].Negatives.Count, read[1].HardNegatives.Count));
        Assert.Equal(2, questions.Count()); // each enumeration reads again
    }

    [Theory]
    [InlineData("out.json")]
    [InlineData("out.jsonl")]
    public void What_is_written_is_read_back(string name)
    {
        DprQuestion[] questions =
        [
            new("who \"sings\"\n<b>?", ["Ann & Bob", "né"]) { Positives = [new("Song", "text") { Id = "1", Score = 0.1, TitleScore = 1 }], HardNegatives = [new("", "a"), new("b", "")] },
            new("", []) { Negatives = [new("T", "x") { Score = -1e-300 }] },
        ];
        DprFile.Write(_folder.At(name), questions);
        Assert.Equivalent(questions, DprFile.Read(_folder.At(name)).ToArray(), strict: true);
        Assert.Contains("Ann & Bob\",\"né", File.ReadAllText(_folder.At(name)), StringComparison.Ordinal);
        if (name == "out.json")
            Assert.Equal(2, JsonDocument.Parse(File.ReadAllText(_folder.At(name))).RootElement.GetArrayLength());
        else
            Assert.Equal(2, File.ReadAllLines(_folder.At(name)).Length);
        DprFile.Write(_folder.At(name), [questions[1]]);
        Assert.Single(DprFile.Read(_folder.At(name)));
    }

    [Theory]
    [InlineData("none.json")]
    [InlineData("none.jsonl")]
    [InlineData("none.JSONL")]
    public void No_question_is_written_and_read_back_as_none(string name)
    {
        DprFile.Write(_folder.At(name), []);
        Assert.Empty(DprFile.Read(_folder.At(name)));
    }

    [Fact]
    public void Lines_without_a_question_are_none_compressed_too()
    {
        Assert.Empty(DprFile.Read(_folder.Text("none.jsonl", "\uFEFF\n \r\n")));
        Assert.Empty(DprFile.Read(_folder.Write("none.jsonl.gz", GZip(""))));
    }

    [Fact]
    public void A_question_that_could_not_be_read_back_is_refused_by_its_place()
    {
        const string half = "\ud83d";
        Refused("questions[1] is null; expected a question.", null!);
        Refused("questions[1], 'q': the score of a passage is NaN; expected a finite number.", new("q", []) { Negatives = [new("", "") { Score = double.NaN }] });
        Refused("questions[1], 'q': the title_score of a passage is Infinity; expected a finite number.", new("q", []) { HardNegatives = [new("", "") { TitleScore = double.PositiveInfinity }] });
        Refused("questions[1]: its question is null; expected a text.", new(null!, []));
        Refused("questions[1]: its question holds half a character", new(half, []));
        Refused("questions[1], 'q': an answer holds half a character", new("q", ["a", "b" + half]));
        Refused("questions[1], 'q': an answer is null", new("q", [null!]));
        Refused("questions[1], 'q': its answers are null", new("q", null!));
        Refused("questions[1], 'q': its positive_ctxs are null", new("q", []) { Positives = null! });
        Refused("questions[1], 'q': one of its negative_ctxs is null", new("q", []) { Negatives = [null!] });
        Refused("questions[1], 'q': the title of a passage holds half a character", new("q", []) { Positives = [new(half, "")] });
        Refused("questions[1], 'q': the text of a passage is null", new("q", []) { Positives = [new("", null!)] });
        Refused("questions[1], 'q': the passage_id of a passage holds half a character", new("q", []) { Positives = [new("", "") { Id = half }] });
        Refused("questions[1], 'q': the passage_id of a passage is empty", new("q", []) { Positives = [new("", "") { Id = "" }] });
        Assert.Empty(_folder.Names);

        void Refused(string message, DprQuestion question) =>
            BadInput.Refused(message, () => DprFile.Write(_folder.At("train.json"), [new("\ud83d\ude00", []), question]));
    }

    [Fact]
    public void A_failure_while_writing_leaves_the_older_file()
    {
        _folder.Text("train.json", "older");
        Assert.Throws<DivideByZeroException>(() => DprFile.Write(_folder.At("train.json"), Enumerable.Range(0, 3).Select(number => new DprQuestion($"{1 / (1 - number)}", []))));
        Assert.Throws<ArgumentException>(() => DprFile.Write(_folder.At("train.json"), [new("q", []) { Positives = [new("", "") { Score = double.NaN }] }]));
        Assert.StartsWith("'a.json.gz' ends in .gz;", Assert.Throws<ArgumentException>(() => DprFile.Write("a.json.gz", [])).Message, StringComparison.Ordinal);
        Assert.Equal("older", File.ReadAllText(_folder.At("train.json")));
        Assert.Equal(["train.json"], _folder.Names);
    }

    [Theory]
    [InlineData("[{\"question\": \"a\"}, {\"answers\": []}]", ", question 2: there is no 'question'.")]
    [InlineData("[{\"question\": \"a\", \"answers\": [1]}]", ", question 1: 'answers' holds a number; expected texts.")]
    [InlineData("[{\"question\": \"a\", \"answers\": \"b\"}]", ", question 1: 'answers' is a text; expected an array.")]
    [InlineData("[{\"question\": \"a\", \"positive_ctxs\": [{\"title\": \"b\"}]}]", ", question 1: there is no 'text'.")]
    [InlineData("[{\"question\": \"a\", \"positive_ctxs\": [{\"text\": \"b\", \"score\": \"high\"}]}]", ", question 1: 'score' is 'high'; expected a finite number.")]
    [InlineData("[{\"question\": \"a\"}\n{\"question\": \"b\"}]", ", line 2: it is not JSON:")]
    [InlineData("{\"question\": \"a\"}\n{\"question\": 7}", ", line 2: 'question' is a number; expected text.")]
    [InlineData("\n \r\n", ": it is empty.")]
    public void A_wrong_question_is_named(string text, string expected) =>
        Assert.StartsWith($"{_folder.At("train.json")}{expected}", Wrong(() => DprFile.Read(_folder.Text("train.json", text)).ToList()), StringComparison.Ordinal);
}
