using Contrastive.Data;
using Contrastive.Retrieval;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class RetrievalSplitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_parts_of_the_encyclopedia_share_all_passages()
    {
        var splits = RetrievalData.LoadSplits("encyclopedia", seed: 3, entries: 10);
        Assert.Equal("Encyclopedia: 40 passages; 100 questions to train, 10 to develop and 20 to test on", splits.ToString());
        Assert.Same(splits.Test.Passages, splits.Training.Passages);
        Assert.Equal(Encyclopedia.Generate(10, 3).Test.Select(question => (question.Id, question.Wording.ToString())), splits.Test.Queries.Select(query => (query.Id, query.Kind)));
        Assert.NotEqual(RetrievalData.LoadSplits("encyclopedia", seed: 4, entries: 10).Test.Queries[0].Text, splits.Test.Queries[0].Text);
        Assert.Null(splits.HardNegatives);
    }

    [Fact]
    public void Articles_are_dealt_out_whole_and_a_question_asked_later_is_left_out()
    {
        var all = Articles(10, article => $"Asked of several? {article % 5}");
        var splits = SquadSplits.Of(all, seed: 1);
        Assert.Equal((12, 20, 20), (splits.Training.Passages.Count, splits.Development.Passages.Count, splits.Test.Passages.Count));
        Assert.Equal(6, Names(splits.Training.Passages).Count);
        Assert.Equal("Of 10 articles 6 are to train, 1 to develop and 3 to test on (seed 1).", splits.Notes[0]);
        RetrievalSet[] parts = [splits.Training, splits.Development, splits.Test];
        var texts = parts.SelectMany(part => part.Queries.Select(query => query.Text).Distinct()).ToList();
        Assert.Equal(texts.Distinct().Count(), texts.Count);
        var lost = all.Queries.Count - parts.Sum(part => part.Queries.Count);
        Assert.True(lost > 0);
        Assert.Equal($"Questions that a later part asks as well: {lost}; they are left out.", splits.Notes[1]);
        Assert.All(splits.Training.Relevance.Values, judged => Assert.Contains(judged.Keys.Single(), splits.Training.Passages.Select(passage => passage.Id)));
        Assert.All(parts, part => Assert.Equal(part.Queries.Select(query => query.Id).ToHashSet(), [.. part.Relevance.Keys]));
        Assert.Equal(splits.ToString(), SquadSplits.Of(all, seed: 1).ToString());
        Assert.Contains(Enumerable.Range(2, 5), seed => !Names(SquadSplits.Of(all, seed).Training.Passages).SetEquals(Names(splits.Training.Passages)));
    }

    [Fact]
    public void Fewer_than_three_articles_are_refused() => Assert.Equal(
        "tiny: it has 2 articles; expected at least 3, to train, develop and test on.",
        Assert.Throws<InvalidDataException>(() => SquadSplits.Of(Articles(2, article => $"{article}"), 1)).Message);

    [Fact]
    public void A_set_in_BEIRs_form_has_the_parts_that_it_judges()
    {
        var folder = _folder.Beir();
        BadInput.Refused($"'{folder}' has no judgments of train, dev; expected qrels/SPLIT.tsv for train, dev and test. There are: test.", () => RetrievalData.LoadSplits($"beir:{folder}"));
        _folder.Text("set/queries.jsonl", RetrievalFiles.Queries + "\n{\"_id\": \"q4\", \"text\": \"What is TEA?\"}");
        _folder.Text("set/qrels/dev.tsv", "q3\td1\t1");
        _folder.Text("set/qrels/train.tsv", "q4\td1\t1");
        var splits = RetrievalData.LoadSplits($"beir:{folder}");
        Assert.Equal("set: 4 passages; 1 question to train, 1 to develop and 2 to test on", splits.ToString());
        Assert.Equal(("set, train", "set, test"), (splits.Training.Name, splits.Test.Name));
        Assert.Same(splits.Training.Passages, splits.Test.Passages);
        Assert.Equal(["Training questions that development or test asks as well: 1; they stay."], splits.Notes);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones() =>
        BadInput.Refused("There is no retrieval data 'wikipedia'. There are: encyclopedia, squad-dev, nfcorpus, beir:PATH and dpr:FOLDER.", () => RetrievalData.LoadSplits("wikipedia"));

    [Fact]
    public void Real_data_is_split_by_article_and_keeps_every_question()
    {
        var folder = RealData.With("squad-dev");
        var (all, splits) = (RetrievalData.Load("squad-dev", folder: folder), RetrievalData.LoadSplits("squad-dev", folder: folder));
        Assert.Equal(all.Passages, splits.Test.Passages);
        var articles = Names(splits.Training.Passages);
        Assert.Equal(all.Passages.Where(passage => articles.Contains(Name(passage))), splits.Training.Passages);
        Assert.Equal(10_570, splits.Training.Queries.Count + splits.Development.Queries.Count + splits.Test.Queries.Count);
        Assert.Equal(["Of 48 articles 29 are to train, 5 to develop and 14 to test on (seed 1)."], splits.Notes);
        Assert.Empty(splits.Training.Queries.Select(query => query.Text).Intersect(splits.Development.Queries.Concat(splits.Test.Queries).Select(query => query.Text)));
    }

    [Fact]
    public void Real_data_of_BEIR_has_its_published_parts() => Assert.Equal(
        "BEIR NFCorpus: 3,633 passages; 2,590 questions to train, 324 to develop and 323 to test on",
        RetrievalData.LoadSplits("nfcorpus", folder: RealData.With("nfcorpus")).ToString());

    private static RetrievalSet Articles(int count, Func<int, string> shared)
    {
        List<(Passage Passage, Query[] Queries)> all = [.. Enumerable.Range(0, count).SelectMany(article => Enumerable.Range(0, 2).Select(place => (
            new Passage($"a-{article}-{place}", $"a {article}", $"text {article} {place}"),
            new[] { new Query($"q{article}-{place}", $"Own {article} {place}?"), new Query($"s{article}-{place}", shared(article)) })))];
        return new RetrievalSet
        {
            Name = "tiny",
            Passages = [.. all.Select(one => one.Passage)],
            Queries = [.. all.SelectMany(one => one.Queries)],
            Relevance = all.SelectMany(one => one.Queries.Select(query => (query, one.Passage))).ToDictionary(
                pair => pair.query.Id, pair => (IReadOnlyDictionary<string, int>)new Dictionary<string, int> { [pair.Passage.Id] = 1 }),
        };
    }

    private static string Name(Passage passage) => passage.Id[..passage.Id.LastIndexOf('-')];

    private static HashSet<string> Names(IEnumerable<Passage> passages) => [.. passages.Select(Name)];
}
