using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <summary>
/// How <see cref="Bm25Index"/> weighs words, which parts of a passage it compares and how it finds words. The score of a passage, for a
/// question of words t (Robertson and Zaragoza 2009, equations 3.9 and 3.15, as Lucene 4.8 computes them; n(t) of N passages hold t, which
/// occurs f times in this one of length L, where the mean length is A):
/// <code>score = Σₜ ln(1 + (N − n(t) + 0.5) / (n(t) + 0.5)) · (k1 + 1) · f / (f + k1 · (1 − b + b · L / A))</code>
/// Lucene keeps L in one byte, rounded up by at most 27 %.
/// </summary>
public sealed record Bm25Options
{
    /// <summary>How much a word gains by occurring again: at 0 it only matters whether it occurs. It can be changed when an index is
    /// opened.</summary>
    /// <value>0 to 1,000,000. The default is 1.2, Lucene's; Anserini, and so most published baselines, has 0.9.</value>
    public double K1 { get; init; } = 1.2;

    /// <summary>How much a long passage is held to its length: 0 not at all, 1 fully. It can be changed when an index is opened.</summary>
    /// <value>In [0, 1]. The default is 0.75, Lucene's; Anserini has 0.4.</value>
    public double B { get; init; } = 0.75;

    /// <summary>How title and text are compared with a question.</summary>
    /// <value>The default is <see cref="Bm25Fields.Separate"/>.</value>
    public Bm25Fields Fields { get; init; } = Bm25Fields.Separate;

    /// <summary>With separate fields, how much the lower of the two scores adds to the higher: 0 nothing (the better field counts), 1 all of
    /// it (their sum, Anserini's "multifield"). It can be changed when an index is opened.</summary>
    /// <value>In [0, 1]. The default is 0.5, as in BEIR's published baseline (Elasticsearch's <c>best_fields</c> with
    /// <c>tie_breaker</c> 0.5).</value>
    public double TieBreaker { get; init; } = 0.5;

    /// <summary>How words are found, in passages and questions alike.</summary>
    /// <value>The default is <see cref="Bm25Analyzer.English"/>.</value>
    public Bm25Analyzer Analyzer { get; init; } = Bm25Analyzer.English;

    /// <summary>Whether the index keeps titles and texts, for <see cref="Bm25Index.Get"/>; without them it is a fraction of the size.</summary>
    /// <value>The default is true.</value>
    public bool KeepsPassages { get; init; } = true;

    internal Bm25Options Checked()
    {
        Require.Between(K1, 0, 1e6, "Lucene computes in single precision");
        Require.Probability(B);
        Require.Probability(TieBreaker);
        Require.Defined(Fields);
        Require.Defined(Analyzer);
        return this;
    }
}

/// <summary>How BM25 compares title and text with a question.</summary>
public enum Bm25Fields
{
    /// <summary>Each by itself, with lengths and frequencies of its own; <see cref="Bm25Options.TieBreaker"/> joins the two scores.</summary>
    Separate,

    /// <summary>As one text, <see cref="Passage.Contents"/> (Anserini's "flat").</summary>
    Joined,
}

/// <summary>How BM25 finds the words of a text. Either way accents are composed first (NFC), words are those of Unicode's word boundaries
/// (UAX #29), they are lower-cased, and one of more than 255 characters is left out.</summary>
public enum Bm25Analyzer
{
    /// <summary>Lucene's for English: without the possessive <c>'s</c> and 33 stop words, stemmed by Porter's algorithm.</summary>
    English,

    /// <summary>Words as they are: for other languages, and to see what stemming gives. Stop words count.</summary>
    Plain,
}
