using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Torch;
using Microsoft.ML.Tokenizers;

namespace Contrastive.Encoders;

/// <summary>
/// BERT's tokenizer: basic tokenization, then WordPiece (Devlin et al., 2019). The ids equal those of Hugging Face's
/// <c>BertTokenizer</c>. WordPiece itself is Microsoft.ML.Tokenizers'; the steps before it are implemented here, because that package's
/// own <c>BertTokenizer</c> splits words at zero-width characters and keeps accents in processes without culture data.
/// </summary>
public sealed class BertTokenizer : TextTokenizer
{
    private const int LongestWord = 100;
    private const int CacheLimit = 100_000;
    private static readonly string[] SpecialTokens = ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"];

    private readonly string[] _tokens;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly BertWords _words;
    private readonly WordPieceTokenizer _wordPiece;
    private readonly Dictionary<string, int[]> _cache = new(StringComparer.Ordinal);

    /// <summary>Makes a tokenizer from a vocabulary.</summary>
    /// <param name="vocabulary">The tokens in the order of their ids; pieces inside a word begin with <c>##</c>.</param>
    /// <param name="lowercase">Whether the model is uncased. The default is true.</param>
    /// <param name="stripAccents">Whether accents are dropped; defaults to the value of <paramref name="lowercase"/>.</param>
    /// <param name="splitChinese">Whether each Chinese character is a word. The default is true.</param>
    /// <exception cref="ArgumentException">A special token is missing from the vocabulary.</exception>
    public BertTokenizer(IEnumerable<string> vocabulary, bool lowercase = true, bool? stripAccents = null, bool splitChinese = true)
    {
        _tokens = [.. vocabulary];
        for (var id = 0; id < _tokens.Length; id++)
            _ids[_tokens[id]] = id;
        if (SpecialTokens.FirstOrDefault(token => !_ids.ContainsKey(token)) is { } missing)
            throw new ArgumentException($"The vocabulary of {_tokens.Length} tokens has no {missing}; is it a BERT vocabulary (vocab.txt)?", nameof(vocabulary));
        Lowercase = lowercase;
        StripAccents = stripAccents ?? lowercase;
        SplitChinese = splitChinese;
        _words = new BertWords(lowercase, StripAccents, splitChinese);
        // Of a token that occurs twice, the later id counts; the package requires all lines to be distinct.
        var lines = _tokens.Select((token, id) => token.Length > 0 && _ids[token] == id ? token : $"\0{id}");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        // A word of 100 characters has up to 200 UTF-16 units.
        _wordPiece = WordPieceTokenizer.Create(stream, new WordPieceOptions { UnknownToken = "[UNK]", MaxInputCharsPerWord = 2 * LongestWord });
    }

    /// <summary>Whether texts are lower-cased.</summary>
    public bool Lowercase { get; }

    /// <summary>Whether accents are dropped.</summary>
    public bool StripAccents { get; }

    /// <summary>Whether each Chinese character is a word.</summary>
    public bool SplitChinese { get; }

    /// <inheritdoc/>
    public override int VocabularySize => _tokens.Length;

    /// <inheritdoc/>
    public override int PaddingId => _ids["[PAD]"];

    /// <summary>The id of <c>[UNK]</c>, which stands for a word that has no pieces in the vocabulary.</summary>
    public int UnknownId => _ids["[UNK]"];

    /// <summary>The id of <c>[CLS]</c>, the first token of every sequence.</summary>
    public int ClassId => _ids["[CLS]"];

    /// <summary>The id of <c>[SEP]</c>, which ends each text.</summary>
    public int SeparatorId => _ids["[SEP]"];

    /// <summary>The id of <c>[MASK]</c>.</summary>
    public int MaskId => _ids["[MASK]"];

    /// <summary>The tokens in the order of their ids.</summary>
    public IReadOnlyList<string> Vocabulary => _tokens;

    /// <summary>Reads a vocabulary file or a folder's <c>vocab.txt</c>; a <c>tokenizer_config.json</c> beside it sets options.</summary>
    /// <param name="path">A <c>vocab.txt</c>, or a folder in Hugging Face's layout.</param>
    /// <param name="lowercase">Whether the model is uncased; the default is the setting in <c>tokenizer_config.json</c>, or true.</param>
    /// <exception cref="FileNotFoundException">There is no vocabulary at this path.</exception>
    /// <exception cref="InvalidDataException">It is not a BERT vocabulary, or <c>tokenizer_config.json</c> is damaged.</exception>
    public static BertTokenizer Load(string path, bool? lowercase = null)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "vocab.txt") : path;
        if (!File.Exists(file))
            throw new FileNotFoundException($"There is no vocabulary '{file}'; a BERT model needs its vocab.txt.", file);
        var configFile = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "tokenizer_config.json");
        try
        {
            var config = File.Exists(configFile) ? JsonNode.Parse(File.ReadAllText(configFile)) as JsonObject : null;
            return new BertTokenizer(
                File.ReadLines(file),
                lowercase ?? Flag(config, "do_lower_case") ?? true,
                Flag(config, "strip_accents"),
                Flag(config, "tokenize_chinese_chars") ?? true);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{file}' is not a BERT vocabulary: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{configFile}' is damaged: {error.Message} Get it again, or delete it for an uncased model.", error);
        }
    }

    /// <summary>Writes <c>vocab.txt</c> and <c>tokenizer_config.json</c> into a folder for Hugging Face's transformers.</summary>
    /// <param name="folder">The folder; it is created if it is missing.</param>
    /// <param name="maxLength">The maximum number of tokens that the model allows, to which transformers then truncates. <value>The default
    /// leaves it out.</value></param>
    public void Save(string folder, int? maxLength = null)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), string.Concat(_tokens.Select(token => token + "\n")));
        var config = new JsonObject
        {
            ["tokenizer_class"] = "BertTokenizer",
            ["do_lower_case"] = Lowercase,
            ["strip_accents"] = StripAccents == Lowercase ? null : StripAccents,
            ["tokenize_chinese_chars"] = SplitChinese,
        };
        if (maxLength is not null)
            config["model_max_length"] = maxLength;
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), config.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>Builds a vocabulary from sentences, for an encoder that is trained from scratch.</summary>
    /// <param name="sentences">The corpus.</param>
    /// <param name="vocabularySize">The maximum size, special tokens and single characters included. The default is 8,000.</param>
    /// <param name="minimumCount">How often a pair of pieces must occur to be merged, and a character to be kept. The default is 2.</param>
    /// <param name="lowercase">Whether to make an uncased vocabulary. The default is true.</param>
    /// <exception cref="ArgumentException">The corpus has no words, or its characters alone do not fit in the vocabulary.</exception>
    public static BertTokenizer Train(IEnumerable<string> sentences, int vocabularySize = 8000, int minimumCount = 2, bool lowercase = true) =>
        new(WordPieceTraining.Learn(sentences, new BertWords(lowercase, lowercase, splitChinese: true), vocabularySize, minimumCount), lowercase);

    /// <summary>The words before WordPiece: cleaned, lower-cased if the model is uncased, punctuation split off.</summary>
    public IReadOnlyList<string> Words(string text) => [.. _words.Split(text)];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Ids(string text)
    {
        var ids = new List<int>();
        foreach (var (part, special) in SpecialParts(text))
        {
            if (special)
            {
                ids.Add(_ids[part]);
                continue;
            }
            foreach (var word in _words.Split(part))
                ids.AddRange(Pieces(word));
        }
        return ids;
    }

    /// <inheritdoc/>
    public override string Token(int id) => _tokens[Require.Between(id, 0, _tokens.Length - 1, "the ids of the tokens")];

    /// <inheritdoc/>
    public override TokenSequence Encode(string text, int? maxLength = null)
    {
        var room = Room(maxLength, specialTokens: 2);
        int[] ids = [ClassId, .. Ids(text).Take(room), SeparatorId];
        return new TokenSequence(ids, new int[ids.Length]);
    }

    /// <summary>A pair of texts as <c>[CLS] first [SEP] second [SEP]</c>. Truncation drops the end of the longer text first.</summary>
    /// <exception cref="ArgumentException"><paramref name="maxLength"/> leaves no room for the special tokens.</exception>
    public TokenSequence EncodePair(string first, string second, int? maxLength = null)
    {
        var (firstIds, secondIds) = (Ids(first), Ids(second));
        var kept = Truncation.LongestFirst(firstIds.Count, secondIds.Count, Room(maxLength, specialTokens: 3));
        int[] ids = [ClassId, .. firstIds.Take(kept.First), SeparatorId, .. secondIds.Take(kept.Second), SeparatorId];
        var types = new int[ids.Length];
        Array.Fill(types, 1, kept.First + 2, kept.Second + 1);
        return new TokenSequence(ids, types);
    }

    /// <summary>Pairs of texts as one batch <c>[B, T]</c>, padded to the longest.</summary>
    public TokenBatch BatchPairs(IReadOnlyList<(string First, string Second)> pairs, int? maxLength = null, int? padTo = null) =>
        TokenBatch.Pad([.. pairs.Select(pair => EncodePair(pair.First, pair.Second, maxLength))], PaddingId, padTo);

    /// <inheritdoc/>
    public override string Decode(IEnumerable<int> ids) =>
        string.Join(' ', ids.Select(Token)).Replace(" ##", "", StringComparison.Ordinal).Trim();

    private int[] Pieces(string word)
    {
        lock (_cache)
        {
            if (_cache.TryGetValue(word, out var known))
                return known;
        }
        int[] pieces = word.EnumerateRunes().Count() > LongestWord
            ? [UnknownId]
            : [.. _wordPiece.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false)];
        lock (_cache)
        {
            if (_cache.Count >= CacheLimit)
                _cache.Clear();
            return _cache[word] = pieces;
        }
    }

    // A special token written out in a text, `[MASK]` above all, is encoded as that token.
    private static IEnumerable<(string Part, bool IsSpecial)> SpecialParts(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '[' || SpecialTokens.FirstOrDefault(token => string.CompareOrdinal(text, i, token, 0, token.Length) == 0) is not { } special)
                continue;
            yield return (text[start..i], false);
            yield return (special, true);
            start = i + special.Length;
            i = start - 1;
        }
        yield return (text[start..], false);
    }

    private static bool? Flag(JsonObject? config, string name) => config?[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
