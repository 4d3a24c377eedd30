using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Contrastive.Data;

/// <summary>
/// Downloads files of the catalog: resumed where an earlier download ended, checked by SHA-256, and put in place only when complete.
/// An unfinished download is kept beside the target as <c>NAME.part</c>.
/// </summary>
/// <param name="client">The client to use; the caller disposes it.</param>
public sealed class FileDownload(HttpClient client)
{
    /// <summary>The number of tries before giving up, the first included; each resumes the download. The default is 4.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>The pause before trying again. The default is 2 seconds.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for a silent server. The default is one minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Downloads a file to its place in the data folder, unless it is already there.</summary>
    /// <param name="file">A file of the catalog.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="progress">Told about bytes as they arrive.</param>
    /// <param name="cancellation">Stops the download; what has arrived is kept for next time.</param>
    /// <returns>Whether anything was downloaded: false if the file was already there with the right SHA-256.</returns>
    /// <exception cref="InvalidOperationException">The file is not offered for download, or a different file is in its place.</exception>
    /// <exception cref="InvalidDataException">What the server sent is not the catalog's file.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, refused, or kept dropping the connection.</exception>
    public async Task<bool> GetAsync(
        CatalogFile file, DataFolder folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(folder);
        var path = folder.PathOf(file.Path);
        switch (folder.Verify(file))
        {
            case DataFileState.Verified:
                return false;
            case DataFileState.Wrong:
                throw new InvalidOperationException(
                    $"'{path}' is there, but its size or SHA-256 is not the catalog's ({file.Sha256}). Move or delete it, then get it again.");
        }

        if (file.Url is null)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"'{file.Path}' is not offered for download. Put it at '{path}' yourself ({file.Size:N0} bytes, SHA-256 {file.Sha256})."));
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        var resumed = await FetchAsync(file, part, progress, cancellation).ConfigureAwait(false);
        if (Sha256.OfFile(part) != file.Sha256 && resumed)
        {
            File.Delete(part); // The earlier part may be from another version: start over, once.
            await FetchAsync(file, part, progress, cancellation).ConfigureAwait(false);
        }

        var found = Sha256.OfFile(part);
        if (found != file.Sha256)
        {
            File.Delete(part);
            throw new InvalidDataException($"{file.Url} sent another file than the catalog's: SHA-256 {found}, expected {file.Sha256}. Nothing was kept.");
        }

        File.Move(part, path, overwrite: false);
        return true;
    }

    /// <summary>Fills the part file, resuming broken connections; returns whether some of it was there before.</summary>
    private async Task<bool> FetchAsync(CatalogFile file, string part, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        var resumed = File.Exists(part) && new FileInfo(part).Length is var length && length > 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await RequestAsync(file, part, progress, cancellation).ConfigureAwait(false);
                return resumed;
            }
            catch (InvalidDataException)
            {
                File.Delete(part);
                throw;
            }
            catch (Exception broken) when (IsPassing(broken, cancellation))
            {
                if (attempt >= Tries)
                {
                    throw new HttpRequestException(
                        $"{file.Url} could not be fetched in {Tries} tries: {broken.Message} Working offline? Then put the file at '{part[..^".part".Length]}' yourself.", broken);
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
            finally
            {
                if (File.Exists(part) && new FileInfo(part).Length == 0)
                {
                    File.Delete(part);
                }
            }
        }
    }

    /// <summary>Whether a retry may help: a broken or silent connection or a server error, but not a refusal or a full disk.</summary>
    private static bool IsPassing(Exception broken, CancellationToken cancellation) => broken switch
    {
        HttpRequestException refused => refused.StatusCode is null or >= HttpStatusCode.InternalServerError,
        HttpIOException or IOException { InnerException: SocketException } => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    private async Task RequestAsync(CatalogFile file, string part, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        // No sharing: a second download of the same file fails at once instead of mixing its bytes in.
        await using var target = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        if (target.Length > file.Size)
        {
            target.SetLength(0);
        }

        target.Seek(0, SeekOrigin.End);
        if (target.Position == file.Size)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
        if (target.Position > 0)
        {
            request.Headers.Range = new RangeHeaderValue(target.Position, null);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            target.SetLength(0);
            throw new HttpRequestException($"{file.Url} has fewer bytes than were fetched before.");
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{file.Url} answered {(int)response.StatusCode} ({response.ReasonPhrase}).", inner: null, response.StatusCode);
        }

        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            target.SetLength(0); // The server starts from the beginning.
        }
        else if (response.Content.Headers.ContentRange?.From != target.Position)
        {
            throw new InvalidDataException($"{file.Url} was asked for bytes from {target.Position} on and sent '{response.Content.Headers.ContentRange}'.");
        }

        if (response.Content.Headers.ContentLength is { } offered && target.Position + offered != file.Size)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{file.Url} offers {target.Position + offered:N0} bytes, expected {file.Size:N0}: not the catalog's file."));
        }

        await using var source = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        await CopyAsync(source, target, file, progress, patience).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        Stream source, FileStream target, CatalogFile file, IProgress<DownloadProgress>? progress, CancellationTokenSource patience)
    {
        var buffer = new byte[1 << 16];
        while (await source.ReadAsync(buffer, patience.Token).ConfigureAwait(false) is var count and > 0)
        {
            patience.CancelAfter(Patience);
            if (target.Position + count > file.Size)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file.Url} sent more than {file.Size:N0} bytes: not the catalog's file."));
            }

            await target.WriteAsync(buffer.AsMemory(0, count), patience.Token).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(target.Position, file.Size));
        }

        if (target.Position < file.Size)
        {
            throw new HttpRequestException(string.Create(CultureInfo.InvariantCulture, $"The connection ended after {target.Position:N0} of {file.Size:N0} bytes."));
        }
    }
}

/// <summary>The progress of a download.</summary>
/// <param name="Received">The bytes on disk, including those of an earlier, interrupted download.</param>
/// <param name="Total">The bytes of the whole file.</param>
public readonly record struct DownloadProgress(long Received, long Total);
