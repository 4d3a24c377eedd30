using System.Security.Cryptography;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class FileDownloadTests : IDisposable
{
    private const int Size = 300_000;

    private static readonly byte[] Content = Noise();

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_download_arrives_whole_and_reports_its_progress()
    {
        using var server = new LoopbackServer(Content);
        var seen = new Seen();

        Assert.True(await Download().GetAsync(File(server.Url), Folder, seen, TestContext.Current.CancellationToken));

        Assert.Equal(Content, await System.IO.File.ReadAllBytesAsync(_folder.At("set/file.bin"), TestContext.Current.CancellationToken));
        Assert.Equal(new DownloadProgress(Size, Size), seen.Last);
        Assert.Equal(["set", "set/file.bin"], _folder.Names);
    }

    [Fact]
    public async Task A_file_that_is_there_with_the_right_hash_is_used_without_the_network()
    {
        _folder.Write("set/file.bin", Content);
        Assert.False(await Download().GetAsync(File(new Uri("http://127.0.0.1:1/")), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.False(await Download().GetAsync(File(null), Folder, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cut_connection_is_taken_up_where_it_broke()
    {
        using var server = new LoopbackServer(Content);
        server.CutAfter.Clear();
        server.CutAfter.Enqueue(100_000);
        server.CutAfter.Enqueue(50_000);
        server.CutAfter.Enqueue(int.MaxValue);

        Assert.True(await Download().GetAsync(File(server.Url), Folder, cancellation: TestContext.Current.CancellationToken));

        Assert.Equal(["", "bytes=100000-", "bytes=150000-"], server.Ranges);
        Assert.Equal(["set", "set/file.bin"], _folder.Names);
    }

    [Fact]
    public async Task A_download_that_keeps_breaking_is_an_error_and_goes_on_next_time()
    {
        using (var bad = new LoopbackServer(Content))
        {
            bad.CutAfter.Clear();
            bad.CutAfter.Enqueue(1_000);
            var failed = await Assert.ThrowsAsync<HttpRequestException>(() => Download().GetAsync(File(bad.Url), Folder, cancellation: TestContext.Current.CancellationToken));
            Assert.Contains("could not be fetched in 3 tries", failed.Message, StringComparison.Ordinal);
            Assert.Equal(["set", "set/file.bin.part"], _folder.Names);
        }

        using var good = new LoopbackServer(Content);
        Assert.True(await Download().GetAsync(File(good.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["bytes=3000-"], good.Ranges);
        Assert.Equal(["set", "set/file.bin"], _folder.Names);
    }

    [Fact]
    public async Task A_server_without_ranges_starts_again_from_the_beginning()
    {
        using var server = new LoopbackServer(Content) { IgnoresRanges = true };
        _folder.Write("set/file.bin.part", Content[..1000]);

        Assert.True(await Download().GetAsync(File(server.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["bytes=1000-"], server.Ranges);
    }

    [Fact]
    public async Task A_part_of_another_version_is_thrown_away_once()
    {
        using var server = new LoopbackServer(Content);
        _folder.Write("set/file.bin.part", new byte[1000]);

        Assert.True(await Download().GetAsync(File(server.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["bytes=1000-", ""], server.Ranges);
    }

    [Fact]
    public async Task Another_file_than_the_catalogs_is_refused_and_not_kept()
    {
        using var other = new LoopbackServer(new byte[Size]);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Download().GetAsync(File(other.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("sent another file than the catalog's: SHA-256", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["set"], _folder.Names);
    }

    [Theory]
    [InlineData(false, "offers 300,001 bytes, expected 300,000")]
    [InlineData(true, "sent more than 300,000 bytes")]
    public async Task A_file_that_is_too_long_is_refused_before_it_fills_the_disk(bool hidesLength, string message)
    {
        using var other = new LoopbackServer([.. Content, 0]) { HidesLength = hidesLength };
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => Download().GetAsync(File(other.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(["set"], _folder.Names);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        using var server = new LoopbackServer(Content) { Status = "404 Not Found" };
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Download().GetAsync(File(server.Url), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("answered 404 (Not Found)", refused.Message, StringComparison.Ordinal);
        Assert.Single(server.Ranges);
        Assert.Equal(["set"], _folder.Names);
    }

    [Fact]
    public async Task Offline_says_where_to_put_the_file()
    {
        var offline = await Assert.ThrowsAsync<HttpRequestException>(
            () => Download().GetAsync(File(new Uri("http://127.0.0.1:1/file")), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains($"Working offline? Then put the file at '{_folder.At("set/file.bin")}' yourself", offline.Message, StringComparison.Ordinal);

        var never = await Assert.ThrowsAsync<InvalidOperationException>(() => Download().GetAsync(File(null), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains($"not offered for download. Put it at '{_folder.At("set/file.bin")}' yourself (300,000 bytes", never.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_file_in_its_place_is_never_overwritten()
    {
        _folder.Write("set/file.bin", [1, 2, 3]);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Download().GetAsync(File(new Uri("http://127.0.0.1:1/")), Folder, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal([1, 2, 3], await System.IO.File.ReadAllBytesAsync(_folder.At("set/file.bin"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_silent_server_is_given_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start(); // accepts, and never answers
        var url = new Uri($"http://{silent.LocalEndpoint}/");
        var download = new FileDownload(_client) { Tries = 1, Patience = TimeSpan.FromMilliseconds(200) };
        await Assert.ThrowsAsync<HttpRequestException>(() => download.GetAsync(File(url), Folder, cancellation: TestContext.Current.CancellationToken));
    }

    private DataFolder Folder => new(_folder.Path);

    private FileDownload Download() => new(_client) { Tries = 3, Pause = TimeSpan.Zero };

    private static CatalogFile File(Uri? url) => new("set/file.bin", Size, Convert.ToHexStringLower(SHA256.HashData(Content)), url);

    private static byte[] Noise()
    {
        var noise = new byte[Size];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private sealed class Seen : IProgress<DownloadProgress>
    {
        public DownloadProgress Last { get; private set; }

        public void Report(DownloadProgress value) => Last = value;
    }
}
