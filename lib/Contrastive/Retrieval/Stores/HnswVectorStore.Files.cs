using System.Text;
using Contrastive.Torch;

namespace Contrastive.Retrieval;

/// <content>The store in a folder: <c>store.json</c> (how it was made, and the sums of the other files), <c>ids.bin</c>, and
/// <c>vectors.usearch</c>, which USearch reads in other languages too.</content>
public sealed partial class HnswVectorStore
{
    private const string IdsFile = "ids.bin";
    private const string VectorsFile = "vectors.usearch";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the store into a folder, which takes the place of an older store there only when it is complete.</summary>
    /// <param name="folder">A new folder, an empty one, or one that holds such a store and nothing else.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Locked(() =>
        {
            WholeFolder.Write(folder, RefuseOther, Write);
            return true;
        });
    }

    /// <summary>Reads a store that <see cref="Save"/> wrote, with the options that made it. Each file is read twice, first to compare its sum.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="threads">As in <see cref="HnswOptions.Threads"/>: by default one for each processor.</param>
    /// <exception cref="InvalidDataException">A file is damaged or of another version; the message names it.</exception>
    /// <exception cref="FileNotFoundException">There is no store in the folder.</exception>
    public static HnswVectorStore Open(string folder, int? threads = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Require.AtLeast(threads ?? 1, 1, name: nameof(threads));
        var description = HnswDescription.Read(folder);
        HnswDescription.CheckSum(Path.Combine(folder, IdsFile), description.IdsSha256);
        HnswDescription.CheckSum(Path.Combine(folder, VectorsFile), description.VectorsSha256);
        var store = description.Make(folder, threads ?? Environment.ProcessorCount);
        try
        {
            store.Read(folder, description.Count);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static void RefuseOther(string folder)
    {
        string[] entries = File.Exists(folder) ? [folder] : Directory.GetFileSystemEntries(folder);
        if (entries.FirstOrDefault(path => !File.Exists(path) || Path.GetFileName(path) is not (HnswDescription.File or IdsFile or VectorsFile)) is { } other)
            throw new IOException($"'{folder}' holds something other than a store, '{other}'; save to a folder that is new or empty.");
        if (!HnswDescription.IsIn(folder))
            throw new IOException($"'{folder}' holds something other than a store: its '{HnswDescription.File}' is missing or not a store's; save to a folder that is new or empty.");
    }

    private void Write(string folder)
    {
        var (idsPath, vectorsPath) = (Path.Combine(folder, IdsFile), Path.Combine(folder, VectorsFile));
        _index.Save(vectorsPath);
        using (var ids = new BinaryWriter(File.Create(idsPath), Utf8))
        {
            foreach (var (key, id) in _ids)
            {
                ids.Write(key);
                ids.Write(id);
            }
        }

        new HnswDescription
        {
            Dimension = Dimension,
            Metric = Metric.ToString(),
            Precision = _options.Precision.ToString(),
            Connectivity = _options.Connectivity,
            ExpansionAdd = _options.ExpansionAdd,
            ExpansionSearch = _expansionSearch,
            Count = _keys.Count,
            IdsSha256 = HnswDescription.Sum(idsPath),
            VectorsSha256 = HnswDescription.Sum(vectorsPath),
        }.Write(folder);
    }

    private void Read(string folder, int count)
    {
        var (idsPath, vectorsPath) = (Path.Combine(folder, IdsFile), Path.Combine(folder, VectorsFile));
        try
        {
            using var ids = new BinaryReader(File.OpenRead(idsPath), Utf8);
            for (var n = 0; n < count; n++)
            {
                var (key, id) = (ids.ReadUInt64(), ids.ReadString());
                _keys.Add(id, key);
                _ids.Add(key, id);
                _nextKey = Math.Max(_nextKey, checked(key + 1));
            }

            if (ids.BaseStream.Position != ids.BaseStream.Length)
                throw new FormatException($"it goes on after {count} ids.");
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{idsPath}: it is damaged: {error.Message}", error);
        }

        _index.Load(vectorsPath);
        if (_index.Count != _keys.Count)
            throw new InvalidDataException($"{vectorsPath}: it holds {_index.Count} vectors, and there are {_keys.Count} ids; the files do not belong together.");
        _index.ChangeExpansionSearch(_expansionSearch);
        _index.Reserve(_keys.Count);
    }
}
