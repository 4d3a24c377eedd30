namespace Contrastive.Encoders;

/// <summary>How questions and passages become token sequences. The defaults are DPR's (Karpukhin et al. 2020, "Dense Passage Retrieval for
/// Open-Domain Question Answering").</summary>
public sealed record DualEncoderOptions
{
    /// <summary>Put before each question as it is, so with a blank at its end if there is to be one. <value>The default is none; E5 has
    /// "query: ".</value></summary>
    public string QuestionPrefix { get; init; } = "";

    /// <summary>Put before each passage, in front of its title if it has one. <value>The default is none; E5 has
    /// "passage: ".</value></summary>
    public string PassagePrefix { get; init; } = "";

    /// <summary>Whether title and text are a pair, <c>[CLS] title [SEP] text [SEP]</c>, or one text with a blank between them. A passage
    /// without a title is one text either way. <value>The default is true; it needs a <see cref="BertTokenizer"/>.</value></summary>
    public bool TitleAsPair { get; init; } = true;

    /// <summary>Whether the text of a pair has token type 1, as in BERT's pre-training and from transformers' tokenizer.
    /// <value>The default is false: DPR's code trains, and encodes, with type 0 throughout.</value></summary>
    public bool UsesTokenTypes { get; init; }

    /// <summary>Longer questions are truncated to this many tokens, special tokens included. <value>The default is the question encoder's
    /// <see cref="SentenceEncoder.MaxLength"/>.</value></summary>
    public int? QuestionMaxLength { get; init; }

    /// <summary>Longer passages are truncated to this many tokens, special tokens included; of a pair, the end of the longer part goes
    /// first. <value>The default is the passage encoder's <see cref="SentenceEncoder.MaxLength"/>; DPR has 256.</value></summary>
    public int? PassageMaxLength { get; init; }
}
