namespace Contrastive.Data;

/// <summary>A question that a search is asked.</summary>
/// <param name="Id">Its name, which no other query of the set has.</param>
/// <param name="Text">What is asked.</param>
public sealed record Query(string Id, string Text)
{
    /// <summary>The texts that answer it, each once, any of which is right; empty where the set has no answers but judgments only.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>What kind of question it is, where the set tells kinds apart that are to be measured apart, such as its wording; otherwise
    /// empty.</summary>
    public string Kind { get; init; } = "";
}
