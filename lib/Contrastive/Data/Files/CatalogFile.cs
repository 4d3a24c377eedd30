namespace Contrastive.Data;

/// <summary>One file of a catalog entry: where it lies in the data folder, what proves it, and where it comes from.</summary>
/// <param name="Path">Its place under the data folder, with forward slashes.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Url">Where it can be downloaded; null when it is not offered for download.</param>
/// <param name="UnpackTo">The folder under the data folder into which <c>data get</c> unpacks it; null when readers take it as it is.</param>
public sealed record CatalogFile(string Path, long Size, string Sha256, Uri? Url = null, string? UnpackTo = null);
