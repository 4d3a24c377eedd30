using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>Turns texts into the token ids that a text encoder was trained with.</summary>
/// <remarks>
/// One's own derives from this class; <see cref="SentenceEncoder"/> takes it with its encoder. By characters:
/// <code>
/// sealed class CharacterTokenizer : TextTokenizer
/// {
///     private const string Characters = "_ abcdefghijklmnopqrstuvwxyz"; // first the padding, then what stands for all others
///
///     public override int VocabularySize => Characters.Length;
///     public override int PaddingId => 0;
///     public override IReadOnlyList&lt;int> Ids(string text) => [.. text.ToLowerInvariant().Select(c => Math.Max(1, Characters.IndexOf(c)))];
///     public override string Token(int id) => Characters[id].ToString();
///     public override string Decode(IEnumerable&lt;int> ids) => string.Concat(ids.Select(Token));
/// }
/// </code>
/// </remarks>
public abstract class TextTokenizer
{
    /// <summary>For a tokenizer of one's own.</summary>
    protected TextTokenizer()
    {
    }

    /// <summary>The number of token ids.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The id that pads the shorter rows of a batch.</summary>
    public abstract int PaddingId { get; }

    /// <summary>The token ids of a text, without the special tokens around it.</summary>
    public abstract IReadOnlyList<int> Ids(string text);

    /// <summary>The tokens of a text, as written in the vocabulary, without the special tokens around it.</summary>
    public IReadOnlyList<string> Tokens(string text) => [.. Ids(text).Select(Token)];

    /// <summary>The token that has an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No token has this id.</exception>
    public abstract string Token(int id);

    /// <summary>A text with its special tokens, as the model reads it. Here there are none; a tokenizer that has some overrides
    /// it.</summary>
    /// <param name="text">The text. An empty one has no token here, and <see cref="SentenceEncoder"/> refuses it.</param>
    /// <param name="maxLength">The maximum number of tokens kept, special tokens included (<see cref="Room"/> says how many are left for
    /// the text); the default truncates nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="maxLength"/> leaves no room for the special tokens.</exception>
    public virtual TokenSequence Encode(string text, int? maxLength = null)
    {
        int[] ids = [.. Ids(text).Take(Room(maxLength, specialTokens: 0))];
        return new TokenSequence(ids, new int[ids.Length]);
    }

    /// <summary>The text that token ids stand for. Lower-casing and the like are not undone.</summary>
    public abstract string Decode(IEnumerable<int> ids);

    /// <summary>Texts as one batch, padded to the longest.</summary>
    /// <param name="texts">At least one text.</param>
    /// <param name="maxLength">The maximum number of tokens kept per text, special tokens included; the default truncates nothing.</param>
    /// <param name="padTo">A fixed length T instead of the longest text's.</param>
    /// <returns>A batch of <c>[B, T]</c>.</returns>
    /// <exception cref="ArgumentException">There is no text, or a text does not fit in <paramref name="padTo"/>.</exception>
    public TokenBatch Batch(IReadOnlyList<string> texts, int? maxLength = null, int? padTo = null) =>
        TokenBatch.Pad([.. texts.Select(text => Encode(text, maxLength))], PaddingId, padTo);

    /// <summary>How many of a text's own tokens fit beside the special ones.</summary>
    /// <param name="maxLength">The maximum number of tokens in all; null truncates nothing.</param>
    /// <param name="specialTokens">How many special tokens <see cref="Encode"/> adds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not even the special tokens fit.</exception>
    protected static int Room(int? maxLength, int specialTokens)
    {
        Require.AtLeast(maxLength ?? specialTokens, specialTokens, $"{specialTokens} special tokens need room", nameof(maxLength));
        return maxLength is { } limit ? limit - specialTokens : int.MaxValue;
    }
}
