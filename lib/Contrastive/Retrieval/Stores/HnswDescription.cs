using System.Security.Cryptography;
using System.Text.Json;
using SystemFile = System.IO.File;

namespace Contrastive.Retrieval;

/// <summary><c>store.json</c> of an <see cref="HnswVectorStore"/>: how it was made, and what its files must be.</summary>
internal sealed record HnswDescription
{
    public const string File = "store.json";
    private const string OurFormat = "contrastive-hnsw";
    private const int OurVersion = 2;

    public string Format { get; init; } = "";

    public int Version { get; init; }

    public int Dimension { get; init; }

    public string Metric { get; init; } = "";

    public string Precision { get; init; } = "";

    public int Connectivity { get; init; }

    public int ExpansionAdd { get; init; }

    public int ExpansionSearch { get; init; }

    /// <summary>How many vectors, and ids.</summary>
    public int Count { get; init; }

    /// <summary>The SHA-256 of the file of ids.</summary>
    public string IdsSha256 { get; init; } = "";

    /// <summary>The SHA-256 of the file of vectors.</summary>
    public string VectorsSha256 { get; init; } = "";

    /// <summary>Whether a folder has a description of a store, of whatever version.</summary>
    public static bool IsIn(string folder)
    {
        try
        {
            return SystemFile.Exists(Path.Combine(folder, File)) && Parse(Path.Combine(folder, File)) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    public static HnswDescription Read(string folder)
    {
        var path = Path.Combine(folder, File);
        if (!SystemFile.Exists(path))
            throw new FileNotFoundException($"There is no store in '{folder}': '{File}' is missing.", path);
        var description = Parse(path);
        if (description.Version != OurVersion)
            throw new InvalidDataException($"{path}: the store has version {description.Version}, this library reads {OurVersion}; build it anew from the vectors.");
        return description;
    }

    public void Write(string folder) =>
        SystemFile.WriteAllText(Path.Combine(folder, File), JsonSerializer.Serialize(this with { Format = OurFormat, Version = OurVersion }));

    /// <summary>An empty store as described.</summary>
    /// <exception cref="InvalidDataException">A value is none that a store has.</exception>
    public HnswVectorStore Make(string folder, int threads)
    {
        var path = Path.Combine(folder, File);
        if (Count < 0)
            throw new InvalidDataException($"{path}: Count is {Count}; expected 0 or more.");
        try
        {
            return new HnswVectorStore(Dimension, Named<VectorMetric>(Metric, path), new()
            {
                Connectivity = Connectivity,
                ExpansionAdd = ExpansionAdd,
                ExpansionSearch = ExpansionSearch,
                Precision = Named<VectorPrecision>(Precision, path),
                Threads = threads,
            });
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: it describes no store: {error.Message}", error);
        }
    }

    public static string Sum(string path)
    {
        using var file = SystemFile.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <exception cref="InvalidDataException">The file is missing, or not the one that was written.</exception>
    public static void CheckSum(string path, string expected)
    {
        if (!SystemFile.Exists(path))
            throw new InvalidDataException($"{path}: the file is missing; the store is not complete.");
        if (Sum(path) is var sum && sum != expected)
            throw new InvalidDataException($"{path}: its SHA-256 is {sum}, expected {expected}; the file is cut off, damaged or of another store.");
    }

    private static HnswDescription Parse(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize<HnswDescription>(SystemFile.ReadAllText(path)) is { Format: OurFormat } description)
                return description;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: it is not the description of a store: {error.Message}", error);
        }

        throw new InvalidDataException($"{path}: it is not the description of a store.");
    }

    private static T Named<T>(string name, string path) where T : struct, Enum => Enum.GetNames<T>().Contains(name, StringComparer.Ordinal)
        ? Enum.Parse<T>(name)
        : throw new InvalidDataException($"{path}: {typeof(T).Name} is '{name}'; expected {string.Join(" or ", Enum.GetNames<T>())}.");
}
