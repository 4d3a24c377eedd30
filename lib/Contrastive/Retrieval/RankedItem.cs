namespace Contrastive.Retrieval;

/// <summary>One document that a search returned.</summary>
/// <param name="Id">The document's name.</param>
/// <param name="Score">How well it matches; higher is better. Single precision, as in trec_eval, so that ties are the same.</param>
public readonly record struct RankedItem(string Id, float Score);
