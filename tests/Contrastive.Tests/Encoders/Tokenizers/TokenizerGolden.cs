using System.Runtime.CompilerServices;
using System.Text.Json;
using Contrastive.Encoders;
using Xunit;

namespace Contrastive.Tests.Encoders;

/// <summary>The texts and ids that tokenizer-golden.py wrote, and the vocabularies they belong to.</summary>
internal static class TokenizerGolden
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "tokenizer-golden.json"))).RootElement;

    public static IEnumerable<string> SmallVocabulary => Root.GetProperty("smallVocabulary").EnumerateArray().Select(token => token.GetString()!);

    public static IEnumerable<string> SmallMerges => Root.GetProperty("smallMerges").EnumerateArray().Select(merge => merge.GetString()!);

    public static string UnicodeDigest(string form) => Root.GetProperty("unicode").GetProperty(form).GetString()!;

    public static void CheckAll(TextTokenizer tokenizer, string column)
    {
        var wrong = new List<string>();
        foreach (var row in Root.GetProperty("cases").EnumerateArray())
        {
            var text = row.GetProperty("text").GetString()!;
            var expected = row.GetProperty(column).EnumerateArray().Select(id => id.GetInt32()).ToArray();
            var actual = tokenizer.Ids(text);
            if (!expected.SequenceEqual(actual))
                wrong.Add($"{JsonSerializer.Serialize(text)}\n  expected {string.Join(' ', expected)}\n  got      {string.Join(' ', actual)}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} texts differ:\n" + string.Join('\n', wrong.Take(10)));
    }

    /// <summary>A released vocabulary in the data folder; the test is skipped where there is none.</summary>
    public static string Released(string name)
    {
        var folder = Environment.GetEnvironmentVariable("CONTRASTIVE_DATA");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "CONTRASTIVE_DATA is not set.");
        var path = Path.Combine(folder!, "tokenizers", name);
        Assert.SkipUnless(File.Exists(path), $"There is no {path}.");
        return path;
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
