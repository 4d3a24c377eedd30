using System.Text;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>
/// CLIP's tokenizer: lower-cased text, split by a pattern into words, each encoded byte by byte and merged by byte-pair encoding (Radford
/// et al., 2021). The ids equal those of OpenAI's <c>SimpleTokenizer</c>, with one exception: text that was once decoded with the wrong
/// encoding ("cafÃ©") is not repaired. A batch is padded with 0, as in OpenAI's.
/// </summary>
public sealed class ClipTokenizer : TextTokenizer
{
    /// <summary>The context length of the released models: 77 tokens.</summary>
    public const int ContextLength = 77;

    internal const int ReleasedVocabulary = 49_408;

    // Each byte inside a word and at its end, and the two special tokens.
    internal const int UnmergedTokens = (2 * 256) + 2;

    private const string EndOfWord = "</w>";
    private const int CacheLimit = 100_000;

    // The bytes in the order of their ids: those with a visible Latin-1 character first. Each is written as a visible character.
    private static readonly int[] VisibleBytes =
        [.. Enumerable.Range('!', '~' - '!' + 1), .. Enumerable.Range(0xA1, 0xAC - 0xA1 + 1), .. Enumerable.Range(0xAE, 0xFF - 0xAE + 1)];
    private static readonly int[] Bytes = [.. VisibleBytes, .. Enumerable.Range(0, 256).Except(VisibleBytes)];
    private static readonly string[] ByteSymbols =
        [.. Bytes.Select((value, i) => ((char)(i < VisibleBytes.Length ? value : 256 + i - VisibleBytes.Length)).ToString())];
    private static readonly Dictionary<int, string> SymbolOf = Bytes.Zip(ByteSymbols).ToDictionary(entry => entry.First, entry => entry.Second);
    private static readonly Dictionary<char, byte> ByteOf = Bytes.Zip(ByteSymbols).ToDictionary(entry => entry.Second[0], entry => (byte)entry.First);

    private readonly List<string> _tokens;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<(string First, string Second)> _pairs;
    private readonly BytePairMerges _merges;
    private readonly Dictionary<string, int[]> _cache = new(StringComparer.Ordinal);

    /// <summary>Makes a tokenizer from its merges.</summary>
    /// <param name="merges">Pairs of symbols separated by a space, in the order in which they were learned.</param>
    /// <exception cref="ArgumentException">A merge is not a pair of symbols.</exception>
    public ClipTokenizer(IEnumerable<string> merges)
    {
        _pairs = [.. merges.Select(Pair)];
        _tokens = [.. ByteSymbols, .. ByteSymbols.Select(symbol => symbol + EndOfWord), .. _pairs.Select(pair => pair.First + pair.Second),
            ClipWords.StartOfText, ClipWords.EndOfText];
        for (var id = 0; id < _tokens.Count; id++)
            _ids[_tokens[id]] = id;
        _merges = new BytePairMerges(_pairs);
    }

    /// <inheritdoc/>
    public override int VocabularySize => _tokens.Count;

    /// <inheritdoc/>
    public override int PaddingId => 0;

    /// <summary>The id of <c>&lt;|startoftext|&gt;</c>.</summary>
    public int StartId => _tokens.Count - 2;

    /// <summary>The id of <c>&lt;|endoftext|&gt;</c>, at whose position the text encoder's feature is read.</summary>
    public int EndId => _tokens.Count - 1;

    /// <summary>Reads a tokenizer: the released merges, <c>bpe_simple_vocab_16e6.txt.gz</c> (or the same file, decompressed), or a folder in
    /// Hugging Face's layout, with <c>vocab.json</c> and <c>merges.txt</c>, or <c>tokenizer.json</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file, or no tokenizer in the folder.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the ids are not those of CLIP's tokenizer.</exception>
    public static ClipTokenizer Load(string path) => ClipTokenizerFiles.Load(path);

    /// <summary>Learns merges from texts, for a model that is trained from scratch.</summary>
    /// <param name="texts">The corpus, such as the captions of the training set.</param>
    /// <param name="vocabularySize">The most tokens: 512 for the bytes, inside and at the end of a word, 2 special ones, and the merges. At least
    /// 514, at most 49,408, the released model's.</param>
    /// <param name="minimumCount">How often a pair of symbols must occur to be merged. <value>The default is 2.</value></param>
    /// <exception cref="ArgumentException">A number is out of its range, or the texts have no word.</exception>
    public static ClipTokenizer Learn(IEnumerable<string> texts, int vocabularySize, int minimumCount = 2)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Require.Between(vocabularySize, UnmergedTokens, ReleasedVocabulary, "bytes and special tokens are 514, the released vocabulary is 49,408");
        Require.AtLeast(minimumCount, 1);
        return new(BytePairTraining.Learn(texts, vocabularySize - UnmergedTokens, minimumCount));
    }

    /// <summary>Writes <c>vocab.json</c>, <c>merges.txt</c> and <c>tokenizer_config.json</c> into a folder for Hugging Face's
    /// transformers.</summary>
    /// <param name="folder">The folder; it is created if it is missing, and its files of these names are replaced.</param>
    /// <param name="maxLength">The maximum number of tokens that the model allows, to which transformers then truncates. <value>The default
    /// leaves it out.</value></param>
    public void Save(string folder, int? maxLength = null) =>
        ClipTokenizerFiles.Save(folder, this, _pairs.Select(pair => $"{pair.First} {pair.Second}"), maxLength);

    /// <inheritdoc/>
    public override IReadOnlyList<int> Ids(string text) => [.. ClipWords.Split(text).SelectMany(WordIds)];

    /// <inheritdoc/>
    public override string Token(int id) => _tokens[Require.Between(id, 0, _tokens.Count - 1, "the ids of the tokens")];

    /// <inheritdoc/>
    public override TokenSequence Encode(string text, int? maxLength = null)
    {
        var room = Room(maxLength, specialTokens: 2);
        int[] ids = [StartId, .. Ids(text).Take(room), EndId];
        return new TokenSequence(ids, new int[ids.Length]);
    }

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids)
    {
        var symbols = string.Concat(ids.Where(id => id != StartId && id != EndId).Select(Token)).Replace(EndOfWord, " ", StringComparison.Ordinal);
        var bytes = symbols.Select(symbol => symbol == ' ' ? (byte)' ' : ByteOf[symbol]).ToArray();
        return Encoding.UTF8.GetString(bytes).Trim();
    }

    /// <summary>The bytes of a word, each as a symbol; the last one ends the word.</summary>
    internal static List<string> Symbols(string word)
    {
        var symbols = Encoding.UTF8.GetBytes(word).Select(value => SymbolOf[value]).ToList();
        symbols[^1] += EndOfWord;
        return symbols;
    }

    private int[] WordIds(string word)
    {
        if (word is ClipWords.StartOfText or ClipWords.EndOfText)
            return [_ids[word]];
        lock (_cache)
        {
            if (_cache.TryGetValue(word, out var known))
                return known;
        }
        int[] ids = [.. _merges.Apply(Symbols(word)).Select(symbol => _ids[symbol])];
        lock (_cache)
        {
            if (_cache.Count >= CacheLimit)
                _cache.Clear();
            return _cache[word] = ids;
        }
    }

    private static (string First, string Second) Pair(string line)
    {
        var symbols = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return symbols.Length == 2
            ? (symbols[0], symbols[1])
            : throw new ArgumentException($"A merge is two symbols separated by a space; this is '{line}'.", nameof(line));
    }
}
