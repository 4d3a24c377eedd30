using System.Globalization;

namespace Contrastive.Data;

/// <summary>Unlabeled sentences, one per line, from several sources.</summary>
/// <param name="Sentences">The sentences in the file's order: source by source.</param>
/// <param name="Sources">The source of each sentence, from 0.</param>
/// <param name="SourceNames">The names of the sources.</param>
public sealed record SentenceCorpus(IReadOnlyList<string> Sentences, IReadOnlyList<int> Sources, IReadOnlyList<string> SourceNames)
{
    /// <summary>Reads the sentences and the list of their sources.</summary>
    /// <param name="path">The sentences, one per line, compressed with gzip or not.</param>
    /// <param name="sourcesPath">Lines <c>count ⇥ name</c>, in the order in which the sources follow each other; a line in
    /// parentheses is a comment.</param>
    /// <exception cref="InvalidDataException">A line is wrong, or the counts do not match the sentences; the message says
    /// which.</exception>
    public static SentenceCorpus Read(string path, string sourcesPath)
    {
        string[] sentences = [.. TextLines.Read(path).Select(line => line.Sentence(line.Text))];
        var (sources, names) = (new List<int>(sentences.Length), new List<string>());
        foreach (var line in TextLines.Read(sourcesPath).Where(line => !line.Text.StartsWith('(')))
        {
            var columns = line.Columns(atLeast: 2);
            if (!int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw line.Wrong($"'{columns[0]}' is not a sentence count.");
            sources.AddRange(Enumerable.Repeat(names.Count, count));
            names.Add(Name(columns[1]));
        }

        return sources.Count == sentences.Length
            ? new SentenceCorpus(sentences, sources, names)
            : throw new InvalidDataException($"{path} has {sentences.Length} sentences, {sourcesPath} counts {sources.Count}: they do not belong together.");
    }

    /// <summary>The name without the license in parentheses.</summary>
    private static string Name(string column) => column.Split(" (")[0];
}
