using Contrastive.Retrieval;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>What the two towers read: whether they fit each other and their options, and passages as token sequences.</summary>
internal static class DualInput
{
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static DualEncoderOptions Checked(DualEncoderOptions options, SentenceEncoder question, SentenceEncoder passage)
    {
        if (question.FeatureCount != passage.FeatureCount)
        {
            throw new ArgumentException(
                $"The vectors of questions have {question.FeatureCount} values, those of passages {passage.FeatureCount}; their inner product needs the same number.", nameof(passage));
        }

        ArgumentNullException.ThrowIfNull(options.QuestionPrefix);
        ArgumentNullException.ThrowIfNull(options.PassagePrefix);
        CheckLength(options.QuestionMaxLength, question, nameof(options.QuestionMaxLength));
        CheckLength(options.PassageMaxLength, passage, nameof(options.PassageMaxLength));
        if (options.TitleAsPair && passage.Tokenizer is not BertTokenizer)
        {
            throw new ArgumentException(
                $"{nameof(options.TitleAsPair)} needs a {nameof(BertTokenizer)}, and the passages' tokenizer is a {passage.Tokenizer.GetType().Name}; set it to false to join title and text by a blank.", nameof(options));
        }

        if (options.UsesTokenTypes && !options.TitleAsPair)
            throw new ArgumentException($"{nameof(options.UsesTokenTypes)} is for pairs, and {nameof(options.TitleAsPair)} is false; set one of the two.", nameof(options));
        if (options.UsesTokenTypes && passage.Encoder is BertEncoder { Config.TypeCount: < 2 })
            throw new ArgumentException($"{nameof(options.UsesTokenTypes)} needs an encoder with two token types; this one has one.", nameof(options));
        return options;
    }

    /// <summary>A passage with its prefix: a pair, or one text.</summary>
    public static TokenSequence Tokenize(Passage passage, TextTokenizer tokenizer, DualEncoderOptions options, int maxLength)
    {
        if (!options.TitleAsPair || passage.Title.Length == 0)
            return tokenizer.Encode(options.PassagePrefix + passage.Contents, maxLength);
        var pair = ((BertTokenizer)tokenizer).EncodePair(options.PassagePrefix + passage.Title, passage.Text, maxLength);
        return options.UsesTokenTypes ? pair : pair with { Types = new int[pair.Length] };
    }

    private static void CheckLength(int? length, SentenceEncoder encoder, string name) =>
        Require.Between(length ?? encoder.MaxLength, 1, encoder.MaxLength, "the tokens that the encoder takes", name);
}
