using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;

namespace Contrastive.Tests.Data;

public sealed class DprTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id\ttext\ttitle\n", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFFid\ttext\ttitle\r\n", "\r\n")]
    public void Passages_come_with_header_or_without_and_values_may_be_quoted(string header, string end)
    {
        var lines = new[] { "1\t\"Aaron (\"\"Ahärôn\"\") is\ta prophet.\"\tAaron", "2\t5\" pipe\t\"\"", "", "3\t\"\"\"\"\t\"\"\"A\"\" b\"" };
        Passage[] expected = [new("1", "Aaron", "Aaron (\"Ahärôn\") is\ta prophet."), new("2", "", "5\" pipe"), new("3", "\"A\" b", "\"")];
        var text = header + string.Join(end, lines);
        Assert.Equal(expected, DprFile.ReadPassages(_folder.Text("psgs_w100.tsv", text)));
        Assert.Equal(expected, DprFile.ReadPassages(_folder.Write("psgs_w100.tsv.gz", GZip(text))));
    }

    [Fact]
    public void A_quoted_value_may_hold_line_breaks() => Assert.Equal(
        [new("1", "T", "one\n\ntwo \""), new Passage("2", "T", "x")],
        DprFile.ReadPassages(_folder.Text("psgs.tsv", "1\t\"one\n\ntwo \"\"\"\tT\n2\tx\tT")));

    [Theory]
    [InlineData("1\ta", "line 2: there are 2 columns between tabs; expected 3: id, text, title.")]
    [InlineData("\ta\tT", "line 2: the id is empty.")]
    [InlineData("1\t\"a\" b\tT", "line 2: ' ' follows a closing quote; expected a tab.")]
    [InlineData("1\t\"a\tT\n2\tb\tT", "line 2: a quote is not closed.")]
    public void A_wrong_line_of_the_passages_is_named(string line, string expected) => Assert.Equal(
        $"{_folder.At("psgs.tsv")}, {expected}", Wrong(() => DprFile.ReadPassages(_folder.Text("psgs.tsv", $"id\ttext\ttitle\n{line}")).ToList()));

    [Theory]
    [InlineData("['Wilhelm Conrad Röntgen']", new[] { "Wilhelm Conrad Röntgen" })]
    [InlineData("[\"it's\", 'a \"b\"' ,'it\\'s']", new[] { "it's", "a \"b\"" })]
    [InlineData("\"[\"\"it's\"\", 'c']\"", new[] { "it's", "c" })]
    [InlineData("['\\xe9\\u00e9\\U0001F600\\n\\\\ \\d', \"\\ud83d\\ude00\\/\"]", new[] { "éé😀\n\\ \\d", "😀/" })]
    [InlineData("[ ]", new string[0])]
    [InlineData("['a', 'b', ]", new[] { "a", "b" })]
    [InlineData("['', ', [']", new[] { "", ", [" })]
    public void Answers_are_a_list_as_Python_or_JSON_writes_it(string list, string[] expected)
    {
        var questions = DprFile.ReadQuestions(_folder.Text("nq-test.qa.csv", $"who was it\t{list}\nand then\t['x']\n")).ToList();
        Assert.Equal(expected, questions[0].Answers);
        Assert.Equal([("0", "who was it"), ("1", "and then")], questions.Select(question => (question.Id, question.Text)));
    }

    [Theory]
    [InlineData("q", "there is 1 column between tabs; expected 2: question, list of answers.")]
    [InlineData("q\tx", "'x' is no list; expected texts in brackets.")]
    [InlineData("q\t['a' 'b']", "''' follows a text of the list; expected a comma.")]
    [InlineData("q\t[None]", "'N' begins a text of the list; expected a quote.")]
    [InlineData("q\t['a]", "a text of the list is not closed.")]
    [InlineData("q\t['\\x4']", "'\\x' in a text of the list is not followed by 2 hexadecimal digits of a character.")]
    public void A_wrong_line_of_the_questions_is_named(string line, string expected) => Assert.Equal(
        $"{_folder.At("qa.csv")}, line 2: {expected}", Wrong(() => DprFile.ReadQuestions(_folder.Text("qa.csv", $"a\t['b']\n{line}")).ToList()));

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Equal("There is no file 'nowhere.tsv'.", Assert.Throws<FileNotFoundException>(() => DprFile.ReadPassages("nowhere.tsv")).Message);
}
