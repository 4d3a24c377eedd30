using System.Text;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class TextFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Triplets_are_read_with_quotes_commas_and_line_ends_in_values()
    {
        var path = Write("a.csv", "sent0,sent1,hard_neg\r\nplain,b,c\r\n\"one, two\",\"say \"\"hi\"\"\",\"over\ntwo lines\"\n\"q\",r,s");
        Assert.Equal(
            [new SentenceTriplet("plain", "b", "c"), new SentenceTriplet("one, two", "say \"hi\"", "over\ntwo lines"), new SentenceTriplet("q", "r", "s")],
            NliTriplets.Read(path));
    }

    [Theory]
    [InlineData("sent0,sent1\na,b\n", "line 1: there are 2 values between commas, expected 3.")]
    [InlineData("a,b,c\n", "line 1: the header is 'a,b,c', expected 'sent0,sent1,hard_neg'.")]
    [InlineData("sent0,sent1,hard_neg\na,b,c\na,b,c,d\n", "line 3: there are 4 values between commas, expected 3.")]
    [InlineData("sent0,sent1,hard_neg\na,\"b\nc,d\n", "line 2: a quote is not closed.")]
    [InlineData("sent0,sent1,hard_neg\na,\"b\"x,d\n", "line 2: 'x' follows a closing quote; expected a comma.")]
    [InlineData("sent0,sent1,hard_neg\n\na,,c\n", "line 3: a sentence is empty.")]
    [InlineData("sent0,sent1,hard_neg\na,,c\n", "line 2: a sentence is empty.")]
    [InlineData("sent0,sent1,hard_neg\n", "it holds no triplet.")]
    public void A_wrong_triplet_is_named_with_its_line(string text, string message)
    {
        var path = Write("a.csv", text);
        var wrong = Assert.Throws<InvalidDataException>(() => NliTriplets.Read(path));
        Assert.StartsWith(path, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relations_are_read_and_a_wrong_one_is_named_with_its_line()
    {
        Assert.Equal([new LabeledText("a b", "c", 2)], Snli.Read(Write("a.tsv", "a b\tc\t2\n")));
        Assert.EndsWith("line 2: the label '3' is none of 0, 1, 2.",
            Assert.Throws<InvalidDataException>(() => Snli.Read(Write("b.tsv", "a\tb\t0\na\tb\t3\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_knows_the_source_of_each_sentence()
    {
        var corpus = SentenceCorpus.Read(Zip("s.txt.gz", "One.\nTwo.\nThree.\n"), Write("sources.txt", "2\teveryday (x.zip, CC BY)\n1\tspeeches (public domain)\n(a remark)\n"));
        Assert.Equal(["One.", "Two.", "Three."], corpus.Sentences);
        Assert.Equal([0, 0, 1], corpus.Sources);
        Assert.Equal(["everyday", "speeches"], corpus.SourceNames);
    }

    [Fact]
    public void A_corpus_whose_counts_do_not_fit_and_lines_that_are_wrong_are_refused()
    {
        var sentences = Zip("s.txt.gz", "One.\nTwo.\n");
        Refused("has 2 sentences", "counts 3: they do not belong together.", () => SentenceCorpus.Read(sentences, Write("a.txt", "3\tx\n")));
        Refused("a.txt, line 1", "'many' is not a sentence count.", () => SentenceCorpus.Read(sentences, Write("a.txt", "many\tx\n")));
        Refused("b.txt, line 2", "a sentence is empty.", () => SentenceCorpus.Read(Write("b.txt", "One.\n\nTwo.\n"), Write("a.txt", "3\tx\n")));
        _folder.Write("c.txt", [(byte)'a', (byte)'\n', 0xFF, 0xFE, (byte)'\n']);
        Refused("c.txt, line 2", "it is not UTF-8.", () => SentenceCorpus.Read(_folder.At("c.txt"), Write("a.txt", "2\tx\n")));
        _folder.Write("d.txt.gz", Archives.Gzip(Encoding.UTF8.GetBytes("One.\nTwo.\n"))[..^6]);
        Refused("d.txt.gz", "", () => SentenceCorpus.Read(_folder.At("d.txt.gz"), Write("a.txt", "2\tx\n")));
    }

    [Fact]
    public void Captions_of_one_image_stand_together()
    {
        var captions = Multi30k.Read([Zip("1.gz", "a dog\na cat\n"), Zip("2.gz", "one dog\none cat\n")]);
        Assert.Equal([["a dog", "one dog"], ["a cat", "one cat"]], captions);
        Refused("2.gz has 1 lines", "they do not belong together.", () => Multi30k.Read([Zip("1.gz", "a\nb\n"), Zip("2.gz", "c\n")]));
        Assert.Throws<ArgumentException>(() => Multi30k.Read([]));
    }

    [Fact]
    public void Real_data_is_read_whole()
    {
        var (nli, sentences, captions) = (Catalog.Find("nli"), Catalog.Find("sentences"), Catalog.Find("multi30k"));
        var folder = RealData.With("nli");
        Assert.Equal(3389, NliTriplets.Read(folder.Require(nli, nli.Files[0])).Count);
        Assert.Equal([3368, 3219, 3237], Snli.Read(folder.Require(nli, nli.Files[1])).CountBy(pair => pair.Label).OrderBy(entry => entry.Key).Select(entry => entry.Value));
        folder = RealData.With("sentences");
        var corpus = SentenceCorpus.Read(folder.Require(sentences, sentences.Files[0]), folder.Require(sentences, sentences.Files[1]));
        Assert.Equal((214_641, 214_641, 8), (corpus.Sentences.Count, corpus.Sentences.Distinct().Count(), corpus.SourceNames.Count));
        Assert.Equal(("tatoeba-en", "nltk inaugural"), (corpus.SourceNames[0], corpus.SourceNames[^1]));
        Assert.Equal("plot : two teen couples go to a church party , drink and then drive .", corpus.Sentences[corpus.Sources.ToList().IndexOf(1)]);
        folder = RealData.With("multi30k");
        var validation = captions.Files.Where(file => file.Path.Contains("/val.", StringComparison.Ordinal)).Select(file => folder.Require(captions, file)).ToArray();
        Assert.Equal((5, 1014), (validation.Length, Multi30k.Read(validation).Count));
    }

    private static void Refused(string start, string end, Action read)
    {
        var wrong = Assert.Throws<InvalidDataException>(read);
        Assert.Contains(start, wrong.Message, StringComparison.Ordinal);
        Assert.EndsWith(end, wrong.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private string Zip(string name, string text) => _folder.Write(name, Archives.Gzip(Encoding.UTF8.GetBytes(text)));
}
