using System.Diagnostics;
using Contrastive.Encoders;
using Contrastive.Retrieval;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Notebooks.Tests.Cli;

/// <summary>The command as a user starts it: a process, its output and its exit code.</summary>
public sealed class SearchCommandTests : IDisposable
{
    private readonly CommandOutput _files = new();

    public SearchCommandTests()
    {
        _files.Write("notes/animals.md", "# Animals\nThe cat sleeps on the mat. A hound guards the house.");
        _files.Write("notes/deep/plants.txt", "Roses grow in the garden, [red] and white.");
        _files.Write("set/corpus.jsonl", """
            {"_id": "a", "title": "Animals", "text": "the cat sleeps on the mat"}
            {"_id": "b", "title": "Plants", "text": "roses grow in the garden"}
            {"_id": "c", "title": "", "text": ""}
            """);
        _files.Write("set/queries.jsonl", """
            {"_id": "q1", "text": "where does the cat sleep"}
            {"_id": "q2", "text": "what grows in a garden"}
            """);
        _files.Write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\ta\t1\nq2\tb\t1\n");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_folder_of_texts_is_searched_by_words()
    {
        var (code, output, _) = Search("", "notes", "sleeping", "cats");
        Assert.Equal(0, code);
        Assert.Matches(@"notes: 2 passages, ready to search after \d+\.\d s\.\n +1  \d\.\d{4}  Animals  animals\.md-0\n +# Animals The cat sleeps", output);
        Assert.DoesNotContain("plants", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_come_from_the_input_where_none_is_given()
    {
        var (code, output, _) = Search("red roses\n\nthe of\n", "notes");
        Assert.Equal(0, code);
        Assert.Contains("Roses grow in the garden, [red] and white.", output, StringComparison.Ordinal);
        Assert.Contains("Nothing was found for 'the of'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_measured_by_its_own_questions_and_its_run_is_written()
    {
        Save(_files.Folder + "/model");
        var (code, output, error) = Search("", "set", "--by", "fused", "--model", "model", "--evaluate", "--run", "run.txt");
        Assert.True(code == 0, error);
        Assert.Matches(@"search +nDCG@10 +MRR@10 +Success@5 +Recall@100 +questions a second", output);
        Assert.Matches(@"BM25 +1\.0000 +1\.0000 +1\.0000 +1\.0000 ", output);
        Assert.Matches(@"dense +\d\.\d{4} +\d\.\d{4} +1\.0000 +1\.0000 ", output);
        Assert.Contains("fused and BM25: nDCG@10 ", output, StringComparison.Ordinal);
        var run = RunFile.Read(Path.Combine(_files.Folder, "run.txt"));
        Assert.Equal(["q1", "q2"], run.Keys.Order());
        Assert.Equal(2, run["q1"].Count); // both passages that have words
    }

    [Fact]
    public void Two_models_in_one_folder_encode_questions_and_passages()
    {
        Save(_files.Folder + "/towers/question");
        Save(_files.Folder + "/towers/passage");
        var (code, output, error) = Search("", "set", "the cat", "--by", "dense", "--model", "towers", "--top", "1");
        Assert.True(code == 0, error);
        Assert.Matches(@"\n +1  -?\d+\.\d{4}  ", output);
    }

    /// <summary>Only to search, a set needs its corpus and nothing else; a folder of it, or one above, is taken for what it is.</summary>
    [Theory]
    [InlineData("corpora")]
    [InlineData("corpora/one")]
    [InlineData("beir:corpora/one")]
    [InlineData("corpora/one/corpus.jsonl")]
    public void A_corpus_alone_can_be_searched(string corpus)
    {
        _files.Write("corpora/one/corpus.jsonl", """{"_id": "a", "title": "Animals", "text": "the cat sleeps"}""");
        var (code, output, error) = Search("", corpus, "cat");
        Assert.True(code == 0, error);
        Assert.Contains("Animals", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_question_has_its_own_row()
    {
        var (code, output, error) = Search("", "encyclopedia", "--evaluate");
        Assert.True(code == 0, error);
        Assert.Matches(@"BM25 +0\.\d{4} .*\n +Same +0\.9\d{3} .*\n(.*\n)*? +Description +0\.0", output);
        Assert.Contains("800 question(s).", output, StringComparison.Ordinal);
    }

    /// <summary>As in ArguAna: the question itself is in the corpus, and would be found first. Of q2 no passage is relevant.</summary>
    [Fact]
    public void What_counts_is_said_and_a_question_does_not_find_itself()
    {
        _files.Write("set/queries.jsonl", """
            {"_id": "a", "text": "the cat sleeps on the mat in the garden"}
            {"_id": "q2", "text": "what grows in a garden"}
            {"_id": "q3", "text": "the of"}
            """);
        _files.Write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\na\tb\t1\nq2\tb\t0\nq3\tb\t1\n");
        var (code, output, error) = Search("", "set", "--evaluate");
        Assert.True(code == 0, error);
        Assert.Contains("Questions that are passages of the set themselves: 1; these passages are left out", output, StringComparison.Ordinal);
        Assert.Contains("2 question(s); for 1 of them nothing was found, which counts as 0; left out, as no passage is relevant to them: 1.", output, StringComparison.Ordinal);
        Assert.Matches(@"BM25 +0\.5000 +0\.5000 ", output);
    }

    [Theory]
    [InlineData("There is no corpus 'nowhere'", "nowhere", "a question")]
    [InlineData("is a single text; name the folder", "notes/animals.md", "a question")]
    [InlineData("--by dense needs --model FOLDER", "notes", "a question", "--by", "dense")]
    [InlineData("--model and --pooling are for --by dense and --by fused", "notes", "a question", "--model", "model")]
    [InlineData("--top is 0; expected at least 1", "notes", "a question", "--top", "0")]
    [InlineData("--top is for questions of one's own", "set", "--evaluate", "--top", "3")]
    [InlineData("'notes' is a folder of texts, without questions of its own", "notes", "--evaluate")]
    [InlineData("leave the question out", "set", "a question", "--evaluate")]
    [InlineData("which only --evaluate and --run ask", "set", "a question", "--split", "dev")]
    [InlineData("There is no split 'dev'", "set", "--evaluate", "--split", "dev")]
    [InlineData("corpus.jsonl is missing", "broken", "a question")]
    [InlineData("There is no option '--evalute'", "set", "--evalute")]
    [InlineData("The question is empty", "set", "")]
    [InlineData("no-model", "set", "a question", "--by", "dense", "--model", "no-model")]
    [InlineData("there is no folder '", "set", "--run", "nowhere/run.txt")]
    [InlineData("'notes', a folder", "set", "--run", "notes")]
    [InlineData("there is no 'half/passage'", "set", "a question", "--by", "dense", "--model", "half")]
    public void Bad_arguments_are_one_line_that_says_what_to_do(string expected, params string[] arguments)
    {
        _files.Write("half/question/config.json", "{}");
        _files.Write("broken/queries.jsonl", """{"_id": "q", "text": "cat"}""");
        var (code, _, error) = Search("", arguments);
        Assert.Equal(1, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("--by", "fusion", "bm25")]
    [InlineData("--by", "7", "dense")]
    [InlineData("--pooling", "9", "first-last-mean")]
    public void An_option_takes_what_its_help_lists(string option, string value, string listed)
    {
        var (code, _, error) = Search("", "notes", "a question", option, value);
        Assert.NotEqual(0, code);
        Assert.Contains(listed, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_with_dashes_stands_after_two_of_them()
    {
        _files.Write("notes/options.txt", "The flag --verbose says more.");
        var (code, output, error) = Search("", "notes", "--", "what does --verbose do");
        Assert.True(code == 0, error);
        Assert.Contains("The flag --verbose says more.", output, StringComparison.Ordinal);
    }

    private static void Save(string folder)
    {
        manual_seed(1);
        string[] words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sleeps", "on", "mat", "roses", "grow", "in", "garden", "animals", "plants"];
        var tokenizer = new BertTokenizer(words);
        using var encoder = new BertEncoder(new BertConfig { VocabularySize = words.Length, HiddenSize = 16, Layers = 1, Heads = 2, IntermediateSize = 32, MaxPositions = 64 });
        BertFolder.Save(folder, encoder, tokenizer);
    }

    private (int Code, string Output, string Error) Search(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Contrastive.Cli.dll"), "search", .. arguments])
        {
            WorkingDirectory = _files.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
