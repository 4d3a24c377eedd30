namespace Contrastive.Data;

/// <summary>In which form the sentences of STS are read.</summary>
public enum StsText
{
    /// <summary>SentEval's: tokenized by Moses and lower-cased. Published figures, SimCSE's among them, are measured on it.</summary>
    SentEval,

    /// <summary>As the organizers published it, for cased models and tokenizers of other kinds.</summary>
    Original,
}
