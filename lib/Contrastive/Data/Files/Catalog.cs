using System.Text.Json;
using System.Text.Json.Serialization;

namespace Contrastive.Data;

/// <summary>Every real data set and weight file that the lessons use: the repository's <c>data/catalog.json</c>, embedded in
/// the library.</summary>
public static class Catalog
{
    private const string ResourceName = "Contrastive.catalog.json";

    private static readonly Lazy<IReadOnlyList<CatalogEntry>> BuiltIn = new(ReadBuiltIn);

    /// <summary>The entries, in the catalog's order.</summary>
    public static IReadOnlyList<CatalogEntry> Entries => BuiltIn.Value;

    /// <summary>The entry of that name.</summary>
    /// <param name="name">A name such as <c>fashion-mnist</c>; case does not matter.</param>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static CatalogEntry Find(string name) =>
        Entries.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"The catalog has no '{name}'. It has: {string.Join(", ", Entries.Select(entry => entry.Name))}.", nameof(name));

    /// <summary>Reads and checks a catalog.</summary>
    /// <exception cref="InvalidDataException">The text is not a catalog, or an entry contradicts itself.</exception>
    internal static IReadOnlyList<CatalogEntry> Parse(string json)
    {
        try
        {
            var entries = JsonSerializer.Deserialize<Document>(json, JsonOptions)?.Entries ?? throw new InvalidDataException("The catalog is empty.");
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in entries)
            {
                Check(entry, names.Add(entry.Name));
            }

            return entries;
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"The catalog is malformed: {malformed.Message}", malformed);
        }
    }

    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record Document(IReadOnlyList<CatalogEntry> Entries);

    private static IReadOnlyList<CatalogEntry> ReadBuiltIn()
    {
        using var stream = typeof(Catalog).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The library was built without its catalog (resource {ResourceName}).");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    private static void Check(CatalogEntry entry, bool isNew)
    {
        if (!isNew)
        {
            throw new InvalidDataException($"The catalog has two entries named '{entry.Name}'.");
        }

        if (entry.Files.Count == 0)
        {
            throw new InvalidDataException($"The catalog's entry '{entry.Name}' has no files.");
        }

        foreach (var file in entry.Files)
        {
            SafePath.Check(file.Path);
            if (file.UnpackTo is not null)
            {
                SafePath.Check(file.UnpackTo);
            }

            if (file.Size <= 0 || file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower))
            {
                throw new InvalidDataException($"The catalog's file '{file.Path}' needs a size above 0 and a SHA-256 of 64 lower-case hexadecimal digits.");
            }
        }
    }
}
