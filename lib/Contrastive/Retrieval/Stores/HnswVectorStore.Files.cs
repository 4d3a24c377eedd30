using System.Text;
using System.Text.Json;

namespace Contrastive.Retrieval;

/// <content>The store in a folder: <c>store.json</c> (how it was made), <c>ids.bin</c>, and <c>vectors.usearch</c>, which USearch reads in other
/// languages too.</content>
public sealed partial class HnswVectorStore
{
    private const int FormatVersion = 1;
    private const string Format = "contrastive-hnsw";
    private const string DescriptionFile = "store.json";
    private const string IdsFile = "ids.bin";
    private const string VectorsFile = "vectors.usearch";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private sealed record Description(
        string Format, int Version, int Dimension, string Metric, string Storage, int Connectivity, int ExpansionAdd, int ExpansionSearch, int Count, long Bytes);

    /// <summary>Writes the store into a folder, which takes the place of an older store there only when it is complete.</summary>
    /// <param name="folder">A new folder, an empty one, or one that holds such a store.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Locked(() =>
        {
            if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, DescriptionFile))))
                throw new IOException($"'{folder}' holds something other than a store; save to a folder that is new or empty.");
            var (partial, previous) = ($"{folder}.{Environment.ProcessId}.partial", $"{folder}.{Environment.ProcessId}.previous");
            try
            {
                Directory.CreateDirectory(partial);
                Write(partial);
                if (Directory.Exists(folder))
                    Directory.Move(folder, previous);
                Directory.Move(partial, folder);
                Delete(previous);
            }
            finally
            {
                Delete(partial);
                if (!Directory.Exists(folder) && Directory.Exists(previous))
                    Directory.Move(previous, folder);
            }

            return true;
        });
    }

    /// <summary>Reads a store that <see cref="Save"/> wrote, with the options that made it.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="threads">As in <see cref="HnswOptions.Threads"/>: by default one for each processor.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of another version; the message names it.</exception>
    /// <exception cref="FileNotFoundException">There is no store in the folder.</exception>
    public static HnswVectorStore Open(string folder, int? threads = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var description = Describe(Path.Combine(folder, DescriptionFile));
        var store = new HnswVectorStore(description.Dimension, Enum.Parse<VectorMetric>(description.Metric), new()
        {
            Connectivity = description.Connectivity,
            ExpansionAdd = description.ExpansionAdd,
            ExpansionSearch = description.ExpansionSearch,
            Storage = Enum.Parse<HnswStorage>(description.Storage),
            Threads = threads ?? Environment.ProcessorCount,
        });
        try
        {
            store.Read(folder, description);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static Description Describe(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no store in '{Path.GetDirectoryName(path)}': '{DescriptionFile}' is missing.", path);
        Description? description;
        try
        {
            description = JsonSerializer.Deserialize<Description>(File.ReadAllText(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: it is not the description of a store: {error.Message}", error);
        }

        if (description is not { Format: Format })
            throw new InvalidDataException($"{path}: it is not the description of a store.");
        if (description.Version != FormatVersion)
            throw new InvalidDataException($"{path}: the store has version {description.Version}, this library reads {FormatVersion}; build it anew from the vectors.");
        if (description.Dimension < 1 || !Enum.TryParse<VectorMetric>(description.Metric, out _) || !Enum.TryParse<HnswStorage>(description.Storage, out _))
            throw new InvalidDataException($"{path}: it describes no store that this library knows.");
        return description;
    }

    private void Write(string folder)
    {
        _index.Save(Path.Combine(folder, VectorsFile));
        using (var ids = new BinaryWriter(File.Create(Path.Combine(folder, IdsFile)), Utf8))
        {
            for (var key = 0; key < _ids.Count; key++)
            {
                if (_ids[key] is not { } id)
                    continue;
                ids.Write7BitEncodedInt(key);
                ids.Write(id);
            }
        }

        File.WriteAllText(Path.Combine(folder, DescriptionFile), JsonSerializer.Serialize(new Description(
            Format, FormatVersion, Dimension, Metric.ToString(), _options.Storage.ToString(), _options.Connectivity, _options.ExpansionAdd, _expansionSearch, _keys.Count,
            new FileInfo(Path.Combine(folder, VectorsFile)).Length)));
    }

    private void Read(string folder, Description description)
    {
        var (idsPath, vectorsPath) = (Path.Combine(folder, IdsFile), Path.Combine(folder, VectorsFile));
        foreach (var path in new[] { idsPath, vectorsPath })
        {
            if (!File.Exists(path))
                throw new InvalidDataException($"{path}: the file is missing; the store is not complete.");
        }

        if (new FileInfo(vectorsPath).Length != description.Bytes)
            throw new InvalidDataException($"{vectorsPath}: it has {new FileInfo(vectorsPath).Length} bytes, expected {description.Bytes}; the file was cut off or exchanged.");
        try
        {
            using var ids = new BinaryReader(File.OpenRead(idsPath), Utf8);
            for (var n = 0; n < description.Count; n++)
            {
                var key = ids.Read7BitEncodedInt();
                while (_ids.Count < key)
                    _ids.Add(null);
                var id = ids.ReadString();
                _keys.Add(id, (ulong)key);
                _ids.Add(id);
            }
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{idsPath}: it is damaged: {error.Message}", error);
        }

        _index.Load(vectorsPath);
        if (_index.Count != _keys.Count)
            throw new InvalidDataException($"{vectorsPath}: it holds {_index.Count} vectors, and there are {_keys.Count} ids; the files do not belong together.");
        _index.ChangeExpansionSearch(_expansionSearch);
        _index.Reserve(_keys.Count);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
