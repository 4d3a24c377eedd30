namespace Contrastive.Data;

/// <summary>How far a download is.</summary>
/// <param name="Received">The bytes on disk, those of an earlier, interrupted download included.</param>
/// <param name="Total">The bytes of the whole file.</param>
public readonly record struct DownloadProgress(long Received, long Total);
