using Contrastive.Data;
using Contrastive.Encoders;

namespace Contrastive.Benchmarks;

/// <summary>Real sentences evenly spaced in the corpus, which is sorted by source, with ids of bert-base-uncased's vocabulary.</summary>
internal sealed class SentenceSample
{
    public SentenceSample(int count, int? maxLength = null)
    {
        var (entry, folder) = (Catalog.Find("sentences"), DataFolder.Default);
        var corpus = SentenceCorpus.Read(folder.Require(entry, entry.Files[0]), folder.Require(entry, entry.Files[1])).Sentences;
        Sentences = [.. Enumerable.Range(0, count).Select(index => corpus[index * (corpus.Count / count)])];
        Tokenizer = NewTokenizer();
        Sequences = [.. Sentences.Select(sentence => Tokenizer.Encode(sentence, maxLength))];
    }

    private SentenceSample(SentenceSample other, int words)
    {
        (Sentences, Tokenizer) = (other.Sentences, other.Tokenizer);
        // Special tokens are below 200; the rest are folded into the smaller vocabulary.
        Sequences = [.. other.Sequences.Select(sequence => sequence with { Ids = [.. sequence.Ids.Select(id => id < words ? id : 200 + id % (words - 200))] })];
    }

    public IReadOnlyList<string> Sentences { get; }

    public BertTokenizer Tokenizer { get; }

    public TokenSequence[] Sequences { get; }

    /// <summary>A new tokenizer, with an empty word cache.</summary>
    public static BertTokenizer NewTokenizer() => BertTokenizer.Load(DataFolder.Default.PathOf("tokenizers/bert-base-uncased-vocab.txt"));

    /// <summary>The same sequences with ids of a smaller vocabulary: the same lengths, but other words.</summary>
    public SentenceSample Within(int words) => new(this, words);

    /// <summary>Writes a line of ids for each sentence.</summary>
    public void WriteIds(string path) => File.WriteAllLines(path, Sequences.Select(sequence => string.Join(' ', sequence.Ids)));
}
