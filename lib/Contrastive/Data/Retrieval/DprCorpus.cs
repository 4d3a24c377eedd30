using Contrastive.Retrieval;

namespace Contrastive.Data;

/// <summary>DPR's passages, in which those of the training data are looked for.</summary>
internal sealed class DprCorpus
{
    private readonly Dictionary<string, Passage> _byId = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<(string Title, string Text), string>> _byText;

    /// <exception cref="InvalidDataException">There is no passage, an id occurs twice, or a line is wrong.</exception>
    public DprCorpus(string path)
    {
        var passages = new List<Passage>();
        foreach (var passage in DprFile.ReadPassages(path))
        {
            if (!_byId.TryAdd(passage.Id, passage))
                throw new InvalidDataException($"{path}: the id '{passage.Id}' occurs twice, for '{_byId[passage.Id].Title}' and '{passage.Title}'.");
            passages.Add(passage);
        }

        Passages = passages.Count > 0 ? passages : throw new InvalidDataException($"{path}: it holds no passage.");
        _byText = new(ByText);
    }

    /// <summary>The passages in the file's order.</summary>
    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>How many were found by an id whose passage has another title or text.</summary>
    public int Differing { get; private set; }

    /// <summary>The id in the corpus of a passage, by its id or else by its title and text; null if it is not there.</summary>
    public string? Find(DprPassage passage)
    {
        if (passage.Id is null || !_byId.TryGetValue(passage.Id, out var found))
            return _byText.Value.GetValueOrDefault((passage.Title, passage.Text));
        Differing += (found.Title, found.Text) == (passage.Title, passage.Text) ? 0 : 1;
        return found.Id;
    }

    private Dictionary<(string Title, string Text), string> ByText()
    {
        var ids = new Dictionary<(string Title, string Text), string>(Passages.Count);
        foreach (var passage in Passages)
            ids.TryAdd((passage.Title, passage.Text), passage.Id);
        return ids;
    }
}
