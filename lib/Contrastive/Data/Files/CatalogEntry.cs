namespace Contrastive.Data;

/// <summary>A real data set or weight file: what it is, whose it is, and the files it consists of.</summary>
public sealed record CatalogEntry
{
    /// <summary>The name to request it by, such as <c>fashion-mnist</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is called in tables, such as <c>Fashion-MNIST</c>.</summary>
    public required string Title { get; init; }

    /// <summary>images, images and text, text, retrieval, tokenizer or weights.</summary>
    public required string Kind { get; init; }

    /// <summary>What is in it, in one line.</summary>
    public required string Contents { get; init; }

    /// <summary>The license under which it may be used; "research" where its authors permit research use only.</summary>
    public required string License { get; init; }

    /// <summary>The paper to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>Its home page, where there is one.</summary>
    public Uri? Homepage { get; init; }

    /// <summary>What to know before comparing figures.</summary>
    public string? Notes { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<CatalogFile> Files { get; init; }

    /// <summary>The bytes of all its files together.</summary>
    public long Size => Files.Sum(file => file.Size);
}

/// <summary>One file of a catalog entry: its place in the data folder, its checksum, and its source.</summary>
/// <param name="Path">Its place under the data folder, with forward slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lowercase hexadecimal digits.</param>
/// <param name="Url">Where it can be downloaded; null when it is not offered for download.</param>
/// <param name="UnpackTo">The folder under the data folder into which <c>data get</c> unpacks it; null when it is read as is.</param>
public sealed record CatalogFile(string Path, long Size, string Sha256, Uri? Url = null, string? UnpackTo = null);
