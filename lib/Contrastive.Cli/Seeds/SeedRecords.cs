using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Contrastive.Kernel.Lessons;

namespace Contrastive.Cli.Seeds;

/// <summary>A lesson's <c>data/seeds/LESSON.json</c>: tier, then data set, then what several seeds measured.</summary>
internal sealed class SeedRecords
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;
    private readonly JsonObject _tiers;

    private SeedRecords(string path, JsonObject tiers) => (_path, _tiers) = (path, tiers);

    /// <summary>The entries: tier, data set, record.</summary>
    /// <exception cref="InvalidDataException">A tier or an entry is no object.</exception>
    public IEnumerable<(string Tier, string Data, JsonObject Record)> All =>
        from tier in _tiers
        from data in tier.Value as JsonObject ?? throw Wrong($"'{tier.Key}' is no object")
        select (tier.Key, data.Key, data.Value as JsonObject ?? throw Wrong($"'{tier.Key}', '{data.Key}' is no object"));

    /// <summary>Reads the file; it need not exist.</summary>
    /// <exception cref="InvalidDataException">The file is not of that form.</exception>
    public static SeedRecords Open(string path)
    {
        try
        {
            var records = new SeedRecords(path, File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("An object was expected.") : []);
            _ = records.All.Count();
            return records;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: {error.Message} Mend or delete it.", error);
        }
    }

    /// <summary>Replaces the entry of a tier and data set, and writes the file; the other entries stay.</summary>
    public void Put(string tier, string data, JsonObject record)
    {
        var tiers = new JsonObject();
        foreach (var name in Tiers.All.Union(_tiers.Select(known => known.Key)))
        {
            var entries = (_tiers[name] as JsonObject)?.ToDictionary(entry => entry.Key, entry => entry.Value?.DeepClone()) ?? [];
            if (name == tier)
                entries[data] = record.DeepClone();
            if (entries.Count > 0)
                tiers[name] = new JsonObject(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        Write(_path, tiers);
    }

    /// <summary>Writes a JSON file: whole, or not at all.</summary>
    public static void Write(string path, JsonObject json)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, json.ToJsonString(Indented) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private InvalidDataException Wrong(string what) => new($"{_path}: {what}. Mend or delete it.");
}
