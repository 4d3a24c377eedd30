using System.Text;
using Contrastive.Data;
using Contrastive.Encoders;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class StsArchiveTests : IDisposable
{
    private const string Answers = "senteval/STS16-en-test/STS.{0}.answer-answer.txt";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_that_were_not_rated_are_left_out_and_the_rest_stand_in_order()
    {
        foreach (var subset in new[] { "headlines", "plagiarism", "postediting", "question-question" })
            WriteYear(subset, "c\td\n", "1.5\n");
        WriteYear("answer-answer", "a one\tb one\nnot\trated\na two\tb two\n", "4.25\n\n0\n");
        var task = Open().Year(16);
        Assert.Equal("STS16: 6 pairs", task.ToString());
        Assert.Equal([new ScoredPair("a one", "b one", 4.25), new ScoredPair("a two", "b two", 0), new ScoredPair("c", "d", 1.5)], task.Pairs.Take(3));
    }

    [Theory]
    [InlineData("a\tb\n", "5.1\n", "STS.gs.answer-answer.txt, line 1: the score '5.1' is not a number from 0 to 5.")]
    [InlineData("a\tb\nc\td\n", "1\nx\n", "STS.gs.answer-answer.txt, line 2: the score 'x' is not a number from 0 to 5.")]
    [InlineData("a\tb\nc\n", "1\n2\n", "STS.input.answer-answer.txt, line 2: there are 1 columns between tabs, expected 2.")]
    [InlineData("a\t \n", "1\n", "STS.input.answer-answer.txt, line 1: a sentence is empty.")]
    [InlineData("a\tb\n", "1\n2\n", "STS.gs.answer-answer.txt has 2 lines,")]
    public void A_wrong_line_is_named_with_its_file(string pairs, string scores, string message)
    {
        WriteYear("answer-answer", pairs, scores);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Open().Year(16)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_and_a_year_that_never_was_are_named()
    {
        Assert.EndsWith("has no 'senteval/STS12-en-test/STS.input.MSRpar.txt'.", Assert.Throws<InvalidDataException>(() => Open().Year(12)).Message, StringComparison.Ordinal);
        Assert.Contains("12 to 16", Assert.Throws<ArgumentOutOfRangeException>(() => Open().Year(17)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SICK_is_read_with_either_line_end_and_gives_relatedness_and_entailment()
    {
        const string header = "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment";
        _folder.Write("SICK/SICK_train.txt", Encoding.UTF8.GetBytes($"{header}\n1\tA dog runs\tA cat runs\t3.5\tCONTRADICTION\n"));
        _folder.Write("SICK/SICK_test_annotated.txt", Encoding.UTF8.GetBytes($"{header}\r\n6\tA\tB\t4.9\tENTAILMENT\r\n"));
        Assert.Equal([new ScoredPair("A dog runs", "A cat runs", 3.5)], Open().Sick(TextSplit.Train));
        var task = Open().SickEntailment();
        Assert.Equal("SICK-E: 1 + 1 examples, 3 classes", task.ToString());
        Assert.Equal(("contradiction", "entailment"), (task.ClassNames[task.Train[0].Label], task.ClassNames[task.Test[0].Label]));
        _folder.Write("SICK/SICK_train.txt", Encoding.UTF8.GetBytes($"{header}\n1\tA\tB\t3.5\tMAYBE\n"));
        Assert.Contains("SICK_train.txt, line 2: the label 'MAYBE' is none of ENTAILMENT, NEUTRAL, CONTRADICTION.",
            Assert.Throws<InvalidDataException>(() => Open().SickEntailment()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_benchmark_takes_its_columns_and_no_quotes_for_quotes()
    {
        _folder.Write("stsbenchmark/sts-dev.csv", Encoding.UTF8.GetBytes("main-news\tMSRpar\t2012test\t0001\t2.5\t\"A, b\tC \"d\"\tsource\n"));
        Assert.Equal([new ScoredPair("\"A, b", "C \"d\"", 2.5)], StsArchive.Open(_folder.Path, StsText.Original).Benchmark(TextSplit.Development));
    }

    [Fact]
    public void Real_data_has_the_published_number_of_pairs_in_both_texts()
    {
        foreach (var text in Enum.GetValues<StsText>())
        {
            var archive = OpenReal(text);
            Assert.Equal(
                ["STS12: 3,108 pairs", "STS13: 1,500 pairs", "STS14: 3,750 pairs", "STS15: 3,000 pairs", "STS16: 1,186 pairs", "STS-B: 1,379 pairs", "SICK-R: 4,927 pairs"],
                archive.Tasks().Select(task => task.ToString()));
            Assert.Equal((5749, 1500), (archive.Benchmark(TextSplit.Train).Count, archive.Benchmark(TextSplit.Development).Count));
            Assert.Equal((4500, 500), (archive.Sick(TextSplit.Train).Count, archive.Sick(TextSplit.Development).Count));
        }
    }

    [Fact]
    public void Real_data_scores_the_same_pairs_in_both_texts()
    {
        static string Letters(string sentence) => string.Concat(sentence.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        foreach (var (task, original) in OpenReal(StsText.SentEval).Tasks().Zip(OpenReal(StsText.Original).Tasks()))
        {
            Assert.Equal(original.Pairs.Select(pair => pair.Score), task.Pairs.Select(pair => pair.Score));
            var same = task.Pairs.Zip(original.Pairs).Count(pair => Letters(pair.First.First) == Letters(pair.Second.First));
            Assert.InRange(same / (double)task.Pairs.Count, 0.98, 1);
        }
    }

    [Fact]
    public void Real_data_has_the_same_uncased_tokens_in_both_texts()
    {
        var entry = Catalog.Find("tokenizers");
        var tokenizer = BertTokenizer.Load(RealData.With("tokenizers").Require(entry, entry.Files[0]), lowercase: true);
        foreach (var (task, original) in OpenReal(StsText.SentEval).Tasks().Zip(OpenReal(StsText.Original).Tasks()))
        {
            var same = task.Pairs.Zip(original.Pairs).Count(pair => tokenizer.Ids(pair.First.First).SequenceEqual(tokenizer.Ids(pair.Second.First)));
            Assert.InRange(same / (double)task.Pairs.Count, 0.99, 1);
        }
    }

    private static StsArchive OpenReal(StsText text)
    {
        var entry = Catalog.Find("sts");
        return StsArchive.Open(RealData.With("sts").Require(entry, entry.Files[0]), text);
    }

    private StsArchive Open() => StsArchive.Open(_folder.Path);

    private void WriteYear(string subset, string pairs, string scores)
    {
        var name = Answers.Replace("answer-answer", subset, StringComparison.Ordinal);
        _folder.Write(name.Replace("{0}", "input", StringComparison.Ordinal), Encoding.UTF8.GetBytes(pairs));
        _folder.Write(name.Replace("{0}", "gs", StringComparison.Ordinal), Encoding.UTF8.GetBytes(scores));
    }
}
