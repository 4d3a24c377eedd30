using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Torch;

namespace Contrastive.Encoders;

/// <summary>CLIP's tokenizer in files: OpenAI's list of merges, and Hugging Face's folders.</summary>
internal static class ClipTokenizerFiles
{
    private const string Vocabulary = "vocab.json", Merges = "merges.txt", Whole = "tokenizer.json";

    // The lines after the merges that are used are left over from training.
    private const int ReleasedMerges = ClipTokenizer.ReleasedVocabulary - ClipTokenizer.UnmergedTokens;
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ClipTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path))
            return Tokenizer(path, ReadMerges(path));
        var (vocabulary, merges, whole) = (Path.Combine(path, Vocabulary), Path.Combine(path, Merges), Path.Combine(path, Whole));
        if (File.Exists(merges))
            return Checked(Tokenizer(merges, ReadMerges(merges)), File.Exists(vocabulary) ? vocabulary : null, json => json as JsonObject);
        if (File.Exists(whole))
            return Checked(Tokenizer(whole, ReadWhole(whole)), whole, json => json?["model"]?["vocab"] as JsonObject);
        throw new FileNotFoundException($"There is no tokenizer in '{path}'; CLIP's is {Vocabulary} and {Merges}, or {Whole}.", merges);
    }

    public static void Save(string folder, ClipTokenizer tokenizer, IEnumerable<string> merges, int? maxLength)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        var vocabulary = new JsonObject(Enumerable.Range(0, tokenizer.VocabularySize).Select(id => KeyValuePair.Create(tokenizer.Token(id), (JsonNode?)id)));
        var config = new JsonObject
        {
            ["tokenizer_class"] = "CLIPTokenizer",
            ["bos_token"] = ClipWords.StartOfText,
            ["eos_token"] = ClipWords.EndOfText,
            ["unk_token"] = ClipWords.EndOfText,
            ["pad_token"] = ClipWords.EndOfText,
        };
        if (maxLength is not null)
            config["model_max_length"] = maxLength;
        WholeFile.WriteLines(Path.Combine(folder, Merges), merges.Prepend("#version: 0.2"));
        WholeFile.WriteLines(Path.Combine(folder, Vocabulary), [vocabulary.ToJsonString(Format)]);
        WholeFile.WriteLines(Path.Combine(folder, "tokenizer_config.json"), [config.ToJsonString(new JsonSerializerOptions(Format) { WriteIndented = true })]);
    }

    private static ClipTokenizer Tokenizer(string path, IEnumerable<string> merges)
    {
        try
        {
            return new ClipTokenizer(merges);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"'{path}' is no list of CLIP's merges: {error.Message.Split(" (Parameter", 2)[0]}", error);
        }
    }

    private static List<string> ReadMerges(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file of merges '{path}'; CLIP's is bpe_simple_vocab_16e6.txt.gz.", path);
        using Stream file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        // The first line names the version.
        return [.. reader.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 0).Take(ReleasedMerges)];
    }

    private static List<string> ReadWhole(string path)
    {
        var merges = Parse(path)?["model"]?["merges"] as JsonArray ?? throw new InvalidDataException($"'{path}' has no model.merges; it is no tokenizer of byte pairs.");
        // Older files have "a b", newer ones ["a", "b"].
        return [.. merges.Select(merge => merge is JsonArray pair ? string.Join(' ', pair.Select(symbol => symbol?.ToString())) : merge?.ToString() ?? "")];
    }

    private static ClipTokenizer Checked(ClipTokenizer tokenizer, string? path, Func<JsonNode?, JsonObject?> vocabulary)
    {
        if (path is null)
            return tokenizer;
        var ids = vocabulary(Parse(path)) ?? throw new InvalidDataException($"'{path}' has no vocabulary.");
        for (var id = 0; id < tokenizer.VocabularySize; id++)
        {
            var (token, found) = (tokenizer.Token(id), ids[tokenizer.Token(id)]);
            // tokenizer.json may hold the special tokens elsewhere.
            if (found is null && id >= tokenizer.StartId)
                continue;
            if (found is not JsonValue value || !value.TryGetValue<int>(out var number) || number != id)
            {
                throw new InvalidDataException(
                    $"'{path}' gives the token '{token}' the id {found?.ToJsonString() ?? "(none)"}, and by the merges it is {id}; this is another kind of tokenizer than CLIP's.");
            }
        }

        return tokenizer;
    }

    private static JsonNode? Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"'{path}' is damaged: {error.Message}", error);
        }
    }
}
