namespace Contrastive.Retrieval;

/// <summary>A piece of text that a search can return.</summary>
/// <param name="Id">Its name, which no other passage of the corpus has.</param>
/// <param name="Title">The title of what it was taken from; empty if it has none.</param>
/// <param name="Text">What it says.</param>
public sealed record Passage(string Id, string Title, string Text)
{
    /// <summary>Title and text with a space between them, as BEIR hands a passage to an encoder of sentence-transformers; no leading space
    /// where a title is missing.</summary>
    public string Contents => Title.Length == 0 ? Text : Text.Length == 0 ? Title : $"{Title} {Text}";
}
