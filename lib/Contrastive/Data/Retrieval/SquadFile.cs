using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>SQuAD's json (Rajpurkar et al. 2016; 2018 for version 2.0), compressed with gzip or not, as a set for search: which paragraph
/// was the question asked about?</summary>
public static class SquadFile
{
    /// <summary>The articles one by one; each enumeration reads the file again.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not SQuAD's json; the message says where and what is wrong.</exception>
    public static IEnumerable<SquadArticle> ReadArticles(string path) => JsonArrayReader.Read(StreamedFile.At(path), "data", "article", SquadJson.Article);

    /// <summary>
    /// Each paragraph is a passage, called <c>ARTICLE-0</c>, <c>ARTICLE-1</c> and so on, with the article's title, by which a caller can
    /// tell articles apart; one without a title is called <c>untitled</c>. Relevant to a question is the paragraph that it was asked about.
    /// Questions that their paragraph does not answer (SQuAD 2.0) are left out and counted in <see cref="RetrievalSet.Notes"/>.
    /// </summary>
    /// <inheritdoc cref="ReadArticles"/>
    public static RetrievalSet Load(string path) => Load(path, SquadPassages.Paragraphs);

    /// <summary>
    /// The articles cut into blocks of equal length by <see cref="PassageSplitter"/>, over the borders of paragraphs. Relevant to a question
    /// are the blocks that hold one of its answers whole, where it was marked; where a border cuts through all of them, the block in which
    /// the first begins. Questions that have no answer, or none that is in their paragraph, are left out and counted in
    /// <see cref="RetrievalSet.Notes"/>.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="words">The words of a block, at least 1. <value>The default is 100, DPR's.</value></param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="words"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not SQuAD's json; the message says where and what is wrong.</exception>
    public static RetrievalSet LoadBlocks(string path, int words = 100)
    {
        Require.AtLeast(words, 1);
        return Load(path, (name, title, article) => SquadPassages.Blocks(name, title, article, words));
    }

    private static RetrievalSet Load(string path, Func<string, string, SquadArticle, SquadPassages> cut)
    {
        var (passages, queries) = (new List<Passage>(), new List<Query>());
        var relevance = new Dictionary<string, IReadOnlyDictionary<string, int>>(StringComparer.Ordinal);
        var names = new SquadNames();
        var (impossible, lost) = (0, 0);
        foreach (var article in ReadArticles(path))
        {
            var pieces = cut(names.Of(article.Title), article.Title.Replace('_', ' '), article);
            passages.AddRange(pieces.Passages);
            for (var paragraph = 0; paragraph < article.Paragraphs.Count; paragraph++)
            {
                foreach (var question in article.Paragraphs[paragraph].Questions)
                {
                    string[] relevant = question.IsImpossible ? [] : [.. pieces.Relevant(paragraph, question)];
                    (impossible, lost) = (impossible + (question.IsImpossible ? 1 : 0), lost + (!question.IsImpossible && relevant.Length == 0 ? 1 : 0));
                    if (relevant.Length == 0)
                        continue;
                    if (!relevance.TryAdd(question.Id, relevant.ToDictionary(id => id, _ => 1, StringComparer.Ordinal)))
                        throw new InvalidDataException($"{path}: the question id '{question.Id}' occurs twice, in '{article.Title}' the second time.");
                    queries.Add(new Query(question.Id, question.Text) { Answers = [.. question.Answers.Select(answer => answer.Text).Distinct(StringComparer.Ordinal)] });
                }
            }
        }

        return queries.Count == 0
            ? throw new InvalidDataException($"{path}: it holds no question that a passage answers.")
            : new RetrievalSet { Name = Path.GetFileName(path), Passages = passages, Queries = queries, Relevance = relevance, Notes = [.. Notes(impossible, lost)] };
    }

    private static IEnumerable<string> Notes(int impossible, int lost)
    {
        if (impossible > 0)
            yield return FormattableString.Invariant($"Questions that their paragraph does not answer: {impossible:N0}; they are left out.");
        if (lost > 0)
            yield return FormattableString.Invariant($"Questions whose answers are not in their paragraph: {lost:N0}; they are left out.");
    }
}
