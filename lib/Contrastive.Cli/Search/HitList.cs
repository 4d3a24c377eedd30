using System.Globalization;
using Contrastive.Retrieval;
using Spectre.Console;

namespace Contrastive.Cli.Search;

/// <summary>What was found for a question, best first: score, title, and the part of the text that has most of its words.</summary>
internal sealed class HitList(IAnsiConsole console, IReadOnlyList<Passage> passages, int top)
{
    private readonly Dictionary<string, Passage> _passages = passages.ToDictionary(passage => passage.Id, StringComparer.Ordinal);

    public void Write(string question, IRetriever retriever)
    {
        var found = retriever.Search([question], top)[0];
        if (found.Count == 0)
            console.WriteLine($"Nothing was found for '{question}': no passage has a word of it that is searched for (stop words are not).");
        foreach (var (item, rank) in found.Select((item, place) => (item, place + 1)))
        {
            var passage = _passages[item.Id];
            var title = passage.Title.Length > 0 ? $"[bold]{passage.Title.EscapeMarkup()}[/]  " : "";
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"{rank,3}  {item.Score:F4}  {title}[grey]{passage.Id.EscapeMarkup()}[/]"));
            console.MarkupLine($"     {Excerpt.Of(passage.Text, question)}");
        }
    }
}
