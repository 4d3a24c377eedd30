namespace Contrastive.Augmentation;

/// <summary>What a cut-off removes from the embedded tokens of a text.</summary>
public enum Cutoff
{
    /// <summary>Tokens drawn evenly.</summary>
    Token,

    /// <summary>Features drawn evenly, the same ones in all tokens of a text.</summary>
    Feature,

    /// <summary>One stretch of successive tokens.</summary>
    Span,
}
