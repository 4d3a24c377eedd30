using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;
using static Contrastive.Tests.Data.RetrievalFiles;
using static Contrastive.Tests.Losses.BadInput;

namespace Contrastive.Tests.Data;

public sealed class SquadFileTests : IDisposable
{
    private const string Squad = """
        {"version": "v2.0", "data": [
          {"title": "Super_Bowl_50", "paragraphs": [
            {"context": "The 😀 Broncos won.\nThey beat Carolina.", "qas": [
              {"question": "Who won?", "id": "a1", "is_impossible": false, "answers": [
                {"text": "Broncos", "answer_start": 6}, {"text": "The 😀 Broncos", "answer_start": 0}, {"text": "Broncos", "answer_start": 6}]},
              {"question": "Who sang?", "id": "a2", "is_impossible": true, "answers": [], "plausible_answers": [{"text": "They", "answer_start": 20}]}]},
            {"document_id": 7, "qas": [{"id": "a3", "question": "When?", "answers": [{"answer_start": 3, "text": "2016"}]}], "context": "In 2016 it was."}]},
          {"title": "Tea", "paragraphs": [{"context": "Tea is drunk.", "qas": []}]},
          {"title": "Tea", "paragraphs": [{"context": "Another article.", "qas": [{"id": "b1", "question": "What?", "answers": [{"answer_start": 99, "text": "article"}]}]}]}
        ]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Articles_are_read_with_all_that_the_file_says()
    {
        var articles = SquadFile.ReadArticles(_folder.Text("squad.json", Squad)).ToList();
        Assert.Equal([("Super_Bowl_50", 2), ("Tea", 1), ("Tea", 1)], articles.Select(article => (article.Title, article.Paragraphs.Count)));
        var questions = articles[0].Paragraphs[0].Questions;
        Assert.Equal([new("Broncos", 6), new("The 😀 Broncos", 0), new("Broncos", 6)], questions[0].Answers);
        Assert.Equal([("a1", "Who won?", false), ("a2", "Who sang?", true)], questions.Select(question => (question.Id, question.Text, question.IsImpossible)));
    }

    [Fact]
    public void Paragraphs_are_passages_and_ones_own_is_relevant()
    {
        var set = SquadFile.Load(_folder.Write("squad.json.gz", GZip(Squad)));
        Assert.Equal(
            [
                new("Super_Bowl_50-0", "Super Bowl 50", "The 😀 Broncos won.\nThey beat Carolina."), new("Super_Bowl_50-1", "Super Bowl 50", "In 2016 it was."),
                new("Tea-0", "Tea", "Tea is drunk."), new Passage("Tea.2-0", "Tea", "Another article."),
            ],
            set.Passages);
        Assert.Equal([("a1", "Super_Bowl_50-0", 1), ("a3", "Super_Bowl_50-1", 1), ("b1", "Tea.2-0", 1)], set.Relevance.Select(query => (query.Key, query.Value.Single().Key, query.Value.Single().Value)));
        Assert.Equal([("a1", "Who won?"), ("a3", "When?"), ("b1", "What?")], set.Queries.Select(query => (query.Id, query.Text)));
        Assert.Equal(["Broncos", "The 😀 Broncos"], set.Queries[0].Answers);
        Assert.Equal(["Questions that their paragraph does not answer: 1; they are left out."], set.Notes);
    }

    [Fact]
    public void Blocks_run_over_paragraphs_and_those_with_an_answer_are_relevant()
    {
        // Words: The 😀 Broncos | won. They beat | Carolina. In 2016 | it was.
        var set = SquadFile.LoadBlocks(_folder.Text("squad.json", Squad), words: 3);
        Assert.Equal(["The 😀 Broncos", "won. They beat", "Carolina. In 2016", "it was.", "Tea is drunk.", "Another article."], set.Passages.Select(passage => passage.Text));
        Assert.Equal([("a1", "Super_Bowl_50-0"), ("a3", "Super_Bowl_50-2"), ("b1", "Tea.2-0")], set.Relevance.Select(query => (query.Key, query.Value.Single().Key)));
        var two = SquadFile.LoadBlocks(_folder.At("squad.json"), words: 2); // The 😀 | Broncos won. | They beat | …
        Assert.Equal("Super_Bowl_50-1", two.Relevance["a1"].Single().Key); // "The 😀 Broncos" is cut, "Broncos" is not
        Refused("words is 0; expected at least 1", () => SquadFile.LoadBlocks(_folder.At("squad.json"), words: 0));
    }

    [Fact]
    public void An_answer_that_a_border_cuts_counts_where_it_begins_and_one_that_is_nowhere_is_told()
    {
        var set = SquadFile.LoadBlocks(_folder.Text("cut.json", """
            {"data": [{"title": "T", "paragraphs": [{"context": "one two three four", "qas": [
              {"id": "cut", "question": "?", "answers": [{"text": "two three", "answer_start": 4}]},
              {"id": "none", "question": "?", "answers": [{"text": "five", "answer_start": 4}]},
              {"id": "hidden", "question": "?"}]}]}]}
            """), words: 2);
        Assert.Equal([("cut", "T-0")], set.Relevance.Select(query => (query.Key, query.Value.Single().Key)));
        Assert.Equal(["Questions whose answers are not in their paragraph: 2; they are left out."], set.Notes);
        Assert.Equal(3, SquadFile.Load(_folder.At("cut.json")).Queries.Count);
    }

    [Fact]
    public void Articles_without_a_title_get_ids_that_differ()
    {
        static string Article(string title, int number) =>
            $$"""{"title": {{title}}, "paragraphs": [{"context": "word", "qas": [{"id": "q{{number}}", "question": "?", "answers": [{"text": "word", "answer_start": 0}]}]}]}""";
        _folder.Text("squad.json", $$"""{"data": [{{Article("\"\"", 1)}}, {{Article("null", 2)}}, {{Article("\" \"", 3)}}, {{Article("\"T\"", 4)}}]}""");
        foreach (var set in new[] { SquadFile.Load(_folder.At("squad.json")), SquadFile.LoadBlocks(_folder.At("squad.json")) })
        {
            Assert.Equal(["untitled-0", "untitled.2-0", "untitled.3-0", "T-0"], set.Passages.Select(passage => passage.Id));
            Assert.Equal(set.Passages.Select(passage => passage.Id), set.Relevance.Values.SelectMany(judged => judged.Keys));
            Assert.Equal("word", set.Passages[0].Contents);
        }
    }

    [Theory]
    [InlineData("{\"data\": [{\"title\": \"T\", \"paragraphs\": [{\"qas\": []}]}]}", ", article 1: there is no 'context'.")]
    [InlineData("{\"data\": [{\"title\": \"T\"}]}", ", article 1: there is no 'paragraphs'.")]
    [InlineData("{\"data\": [{\"title\": \"T\", \"paragraphs\": [{\"context\": \"a\", \"qas\": [{\"id\": \"q\"}]}]}]}", ", article 1: there is no 'question'.")]
    [InlineData("{\"data\": [7]}", ", article 1: expected an object in braces, found a number.")]
    [InlineData("{\"data\": []}", ": it holds no question that a passage answers.")]
    [InlineData("{\"version\": \"1.1\"}", ": there is no 'data'.")]
    [InlineData("{\"data\": [{\"title\": \"T\",\n\"paragraphs\": [", ", line 2: it is not JSON:")]
    public void A_wrong_file_is_refused_with_the_place(string text, string expected) =>
        Assert.StartsWith($"{_folder.At("squad.json")}{expected}", Wrong(() => SquadFile.Load(_folder.Text("squad.json", text))), StringComparison.Ordinal);

    [Fact]
    public void A_question_id_that_comes_twice_is_refused() =>
        Assert.EndsWith("the question id 'a1' occurs twice, in 'Super_Bowl_50' the second time.",
            Wrong(() => SquadFile.Load(_folder.Text("squad.json", Squad.Replace("a3", "a1", StringComparison.Ordinal)))), StringComparison.Ordinal);

    [Fact]
    public void The_real_dev_set_is_read_whole()
    {
        var entry = Catalog.Find("squad-dev");
        var path = RealData.With("squad-dev").PathOf(entry.Files[0].Path);
        var set = SquadFile.Load(path);
        Assert.Equal((2067, 10_570, 48, 0), (set.Passages.Count, set.Queries.Count, set.Passages.Select(passage => passage.Title).Distinct().Count(), set.Notes.Count));
        var passages = set.Passages.ToDictionary(passage => passage.Id);
        Assert.All(set.Queries, query => Assert.Contains(query.Answers, answer => passages[set.Relevance[query.Id].Single().Key].Text.Contains(answer, StringComparison.Ordinal)));
        Assert.Equal(["Denver Broncos"], set.Queries[0].Answers);

        var blocks = SquadFile.LoadBlocks(path);
        Assert.Equal((10_570, 0), (blocks.Queries.Count, blocks.Notes.Count));
        Assert.All(blocks.Passages.GroupBy(passage => passage.Title), article => Assert.All(article.SkipLast(1), passage => Assert.Equal(100, passage.Text.Split(' ').Length)));
        var texts = blocks.Passages.ToDictionary(passage => passage.Id, passage => passage.Text);
        var holding = blocks.Queries.Count(query => blocks.Relevance[query.Id].Keys.All(id => query.Answers.Any(answer => texts[id].Contains(answer, StringComparison.Ordinal))));
        Assert.InRange(holding, 10_400, 10_570); // the rest are cut by a border, or hold other white space
    }
}
