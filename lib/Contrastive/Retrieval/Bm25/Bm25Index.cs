using Contrastive.Torch;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace Contrastive.Retrieval;

/// <summary>
/// Search by words: BM25 through Lucene.Net, in memory or in a folder. What is found has at least one word of the question. Among equal
/// scores the passage that was indexed first comes first, whatever the number of threads.
/// <code>using var index = Bm25Index.Build(passages);  var found = index.Search(["what is a vitamin?"], topK: 10);</code>
/// </summary>
/// <remarks>A question is plain text: quotation marks, <c>AND</c>, <c>*</c> or <c>:</c> have no meaning, and a word that occurs twice counts
/// twice. An index can be searched from several threads at once.</remarks>
public sealed class Bm25Index : IRetriever, IDisposable
{
    private readonly LuceneDirectory _directory;
    private readonly DirectoryReader _reader;
    private readonly AtomicReader _passages;
    private readonly IndexSearcher _searcher;
    private readonly Bm25Questions _questions;
    private bool _isDisposed;

    private Bm25Index(LuceneDirectory directory, string name, Bm25Options? options)
    {
        (_directory, _reader) = (directory, Bm25Manifest.Open(directory, name));
        try
        {
            Options = Bm25Manifest.Read(_reader, name).Opened(name, options);
            _passages = _reader.Leaves[0].AtomicReader;
            _searcher = new IndexSearcher(_reader) { Similarity = new BM25Similarity((float)Options.K1, (float)Options.B) };
            _questions = new Bm25Questions(Options);
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>What the index was built with, with K1, B and TieBreaker as it was opened.</summary>
    public Bm25Options Options { get; }

    /// <summary>The number of passages, those without a word among them.</summary>
    public int Count => _reader.NumDocs;

    /// <summary>How many threads answer the questions of one search; the results are the same with any number.</summary>
    /// <value>At least 1. The default is that of the machine's processors.</value>
    public int Threads
    {
        get;
        set => field = Require.AtLeast(value, 1);
    } = Environment.ProcessorCount;

    /// <summary>Builds an index in memory. For millions of passages build it in a folder instead: the system then keeps in memory what
    /// searches need.</summary>
    /// <param name="passages">Enumerated once and not held. One without a word is allowed, and never found.</param>
    /// <param name="options">Their defaults if null.</param>
    /// <exception cref="ArgumentException">There is no passage; an id is blank or occurs twice (found at the end, without holding all ids
    /// meanwhile); an id, title or text holds half of a surrogate pair; an option is out of range. The message says which.</exception>
    public static Bm25Index Build(IEnumerable<Passage> passages, Bm25Options? options = null)
    {
        var directory = new RAMDirectory();
        try
        {
            Bm25Writer.Write(directory, passages, options ?? new Bm25Options());
            return new Bm25Index(directory, "the index in memory", null);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Builds an index in a folder, which appears only once everything is in it, and opens it.</summary>
    /// <inheritdoc cref="Build(IEnumerable{Passage}, Bm25Options)"/>
    /// <param name="passages">Enumerated once and not held. One without a word is allowed, and never found.</param>
    /// <param name="folder">The folder to make. Something already there is refused, unless it is an index and is to be replaced.</param>
    /// <param name="options">Their defaults if null.</param>
    /// <param name="replace">Whether an index that is already there is replaced, once the new one is complete.</param>
    /// <exception cref="IOException">The folder exists, or cannot be written.</exception>
    public static Bm25Index Build(IEnumerable<Passage> passages, string folder, Bm25Options? options = null, bool replace = false)
    {
        Bm25Folder.Make(folder, replace, directory => Bm25Writer.Write(directory, passages, options ?? new Bm25Options()));
        return Open(folder);
    }

    /// <summary>Opens an index that <see cref="Build(IEnumerable{Passage}, string, Bm25Options, bool)"/> made. The lengths of its files are
    /// checked, not all they hold.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="options">If null, what it was built with. Otherwise K1, B and TieBreaker are as given here; the rest must be as it was
    /// built.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">It is no index, is damaged, or was built with another version, or with options that differ;
    /// the message says which.</exception>
    public static Bm25Index Open(string folder, Bm25Options? options = null)
    {
        var directory = Bm25Folder.Open(folder);
        try
        {
            return new Bm25Index(directory, folder, options?.Checked());
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A question is null, or topK is below 1.</exception>
    public IReadOnlyList<IReadOnlyList<RankedItem>> Search(IReadOnlyList<string> queries, int topK)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Questions.Check(queries);
        Require.AtLeast(topK, 1);
        var results = new IReadOnlyList<RankedItem>[queries.Count];
        Parallel.For(0, queries.Count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i => results[i] = Search(queries[i], topK));
        return results;
    }

    /// <summary>The passage of this id, as it was given.</summary>
    /// <exception cref="KeyNotFoundException">There is no such passage.</exception>
    /// <exception cref="InvalidOperationException">The index was built without <see cref="Bm25Options.KeepsPassages"/>.</exception>
    public Passage Get(string id)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentNullException.ThrowIfNull(id);
        if (!Options.KeepsPassages)
            throw new InvalidOperationException($"The index was built without {nameof(Bm25Options.KeepsPassages)}: it can find passages, but not show them.");
        var places = _passages.GetTermDocsEnum(new Term(Bm25Schema.Id, id));
        if (places is null || places.NextDoc() == DocIdSetIterator.NO_MORE_DOCS)
            throw new KeyNotFoundException($"There is no passage '{id}' in the index.");
        var kept = _passages.Document(places.DocID);
        return new Passage(id, kept.Get(Bm25Schema.KeptTitle), kept.Get(Bm25Schema.KeptText));
    }

    /// <summary>Frees the index; one in memory is gone.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _questions.Dispose();
        _reader.Dispose();
        _directory.Dispose();
    }

    private RankedItem[] Search(string question, int topK)
    {
        if (_questions.Parse(question) is not { } query)
            return [];
        var found = _searcher.Search(query, Math.Min(topK, Count)).ScoreDocs;
        var ids = _passages.GetBinaryDocValues(Bm25Schema.Id);
        var bytes = new BytesRef();
        return Array.ConvertAll(found, hit =>
        {
            ids.Get(hit.Doc, bytes);
            return new RankedItem(bytes.Utf8ToString(), hit.Score);
        });
    }
}
