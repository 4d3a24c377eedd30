using System.Text;
using Contrastive.Torch;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Util;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace Contrastive.Retrieval;

/// <summary>Writes passages into a Lucene index of one segment, in their order: Lucene breaks ties by it.</summary>
internal sealed class Bm25Writer
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly FieldType Words = new() { IsIndexed = true, IsTokenized = true, IndexOptions = IndexOptions.DOCS_AND_FREQS };

    private readonly Document _document = [];
    private readonly StringField _id = new(Bm25Schema.Id, "", Field.Store.NO);
    private readonly BinaryDocValuesField _idOfPlace = new(Bm25Schema.Id, new BytesRef());
    private readonly StoredField _title = new(Bm25Schema.KeptTitle, ""), _text = new(Bm25Schema.KeptText, "");
    private readonly Field[] _searched;

    private Bm25Writer(Bm25Options options)
    {
        _searched = [.. Bm25Schema.Searched(options.Fields).Select(field => new Field(field, "", Words))];
        Field[] kept = options.KeepsPassages ? [_title, _text] : [];
        foreach (var field in (IEnumerable<Field>)[_id, _idOfPlace, .. _searched, .. kept])
            _document.Add(field);
    }

    public static void Write(LuceneDirectory directory, IEnumerable<Passage> passages, Bm25Options options)
    {
        ArgumentNullException.ThrowIfNull(passages);
        using var analyzer = Bm25Schema.Analyzer(options.Checked().Analyzer);
        var configuration = new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer)
        {
            Similarity = new BM25Similarity(),
            RAMBufferSizeMB = 64,
            MergeScheduler = new SerialMergeScheduler(),
            MergePolicy = new LogByteSizeMergePolicy { MergeFactor = 100 }, // only neighbours are merged: the order stays
        };
        using (var writer = new IndexWriter(directory, configuration))
        {
            try
            {
                new Bm25Writer(options).Write(writer, passages);
                writer.ForceMerge(1);
                writer.Commit();
                RefuseTwice(directory);
                writer.SetCommitData(Bm25Manifest.Entries(options, directory));
                writer.Commit();
            }
            catch
            {
                writer.Rollback();
                throw;
            }
        }
    }

    private void Write(IndexWriter writer, IEnumerable<Passage> passages)
    {
        var number = 0L;
        foreach (var passage in passages)
        {
            number++;
            if (passage is not { Title: not null, Text: not null } || string.IsNullOrWhiteSpace(passage.Id))
                throw Wrong($"passage {number} is {passage?.ToString() ?? "null"}; expected an id that is not blank, a title and a text, which may be empty.");
            var id = Bytes(passage.Id, number);
            if (HalfSurrogate.IsIn(passage.Title) || HalfSurrogate.IsIn(passage.Text))
                throw Wrong($"the title or text of passage {number}, '{passage.Id}', holds half of a surrogate pair; expected Unicode text (was it cut off within a character?).");
            _id.SetStringValue(passage.Id);
            _idOfPlace.SetBytesValue(id);
            foreach (var field in _searched)
                field.SetStringValue(CanonicalForm.Compose(Bm25Schema.Value(passage, field.Name)));
            _title.SetStringValue(passage.Title);
            _text.SetStringValue(passage.Text);
            writer.AddDocument(_document);
        }

        if (number == 0)
            throw new ArgumentException("There is no passage: there is nothing to search.", nameof(passages));
    }

    private static BytesRef Bytes(string id, long number)
    {
        try
        {
            var bytes = Utf8.GetBytes(id);
            return bytes.Length <= IndexWriter.MAX_TERM_LENGTH
                ? new BytesRef(bytes)
                : throw Wrong($"the id of passage {number} is {bytes.Length} bytes long; Lucene allows {IndexWriter.MAX_TERM_LENGTH}.");
        }
        catch (EncoderFallbackException)
        {
            throw Wrong($"the id of passage {number}, '{id}', holds half of a surrogate pair; expected Unicode text.");
        }
    }

    /// <summary>The dictionary of ids tells which of them occurs twice; so none needs to be held while passages are read.</summary>
    private static void RefuseTwice(LuceneDirectory directory)
    {
        using var reader = DirectoryReader.Open(directory);
        var ids = reader.Leaves[0].AtomicReader.GetTerms(Bm25Schema.Id).GetEnumerator();
        while (ids.MoveNext())
        {
            if (ids.DocFreq < 2)
                continue;
            var places = ids.Docs(null, null);
            var (first, second) = (places.NextDoc() + 1, places.NextDoc() + 1);
            throw Wrong($"'{ids.Term.Utf8ToString()}' is the id of passage {first} and of passage {second}; expected each id once.");
        }
    }

    private static ArgumentException Wrong(string what, string parameter = "passages") => new($"In the passages, counted from 1, {what}", parameter);
}
