namespace Contrastive.Data;

/// <summary>A sentence, or a pair of sentences, of a known class.</summary>
/// <param name="First">The sentence, or the first of the pair (in entailment the premise).</param>
/// <param name="Second">The second of the pair (the hypothesis); null where the class is that of one sentence.</param>
/// <param name="Label">The class, from 0.</param>
public sealed record LabelledText(string First, string? Second, int Label);
