using System.Net;
using Contrastive.Cli;
using Contrastive.Data;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class DataCommandTests : IDisposable
{
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly CatalogEntry[] Entries =
    [
        Entry("here", new CatalogFile("here/a.txt", 3, HashOfAbc)),
        Entry("gone", new CatalogFile("gone/a.txt", 3, HashOfAbc, new Uri("http://127.0.0.1/a.txt"))),
        Entry("byhand", new CatalogFile("byhand/a.txt", 1_500, HashOfAbc)),
        Entry("partly", new CatalogFile("partly/a.txt", 3, HashOfAbc), new CatalogFile("partly/b.txt", 3, HashOfAbc)),
        Entry("broken", new CatalogFile("broken/a.txt", 3, HashOfAbc)),
    ];

    private readonly CommandOutput _output = new();

    public DataCommandTests()
    {
        _output.Write("here/a.txt", "abc");
        _output.Write("partly/a.txt", "abd");
        _output.Write("broken/a.txt", "abcd");
    }

    public void Dispose() => _output.Dispose();

    [Fact]
    public void The_list_says_what_is_here_and_how_to_get_the_rest()
    {
        DataList.Write(_output.Console, Entries, Folder);
        var lines = _output.Text.Split('\n');
        Assert.Equal(
            [
                "name|what|license|size|here",
                "here|Words of [here]|MIT|3 B|yes",
                "gone|Words of [gone]|MIT|3 B|no",
                "byhand|Words of [byhand]|MIT|1.5 kB|by hand",
                "partly|Words of [partly]|MIT|6 B|in part",
                "broken|Words of [broken]|MIT|3 B|wrong size",
            ],
            lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => string.Join('|', line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))));
        Assert.Contains($"Data folder: {Folder.FullPath}", lines);
    }

    [Fact]
    public void Verifying_all_names_each_file_that_is_there_and_fails_for_a_wrong_one()
    {
        Assert.Equal(1, DataVerify.Run(_output.Console, only: null, Entries, Folder));
        Assert.Equal("""
            right    here/a.txt
            wrong    partly/a.txt: its size or SHA-256 is not the catalog's
            wrong    broken/a.txt: its size or SHA-256 is not the catalog's
            1 of 3 files are right.
            """.ReplaceLineEndings("\n"), _output.Text);
    }

    [Fact]
    public void Verifying_one_entry_fails_when_a_file_is_missing()
    {
        Assert.Equal(0, DataVerify.Run(_output.Console, Entries[0], Entries, Folder));
        Assert.Equal(1, DataVerify.Run(_output.Console, Entries[1], Entries, Folder));
        Assert.Contains("missing  gone/a.txt", _output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_not_an_error()
    {
        Assert.Equal(0, DataVerify.Run(_output.Console, only: null, Entries, new DataFolder(Path.Combine(_output.Folder, "none"))));
        Assert.EndsWith("has none of the catalog's files.", _output.Text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Getting_what_is_there_needs_no_network_and_says_so()
    {
        using var client = new HttpClient(new NoNetwork());
        await DataGet.RunAsync(_output.Console, Entries[0], Folder, new FileDownload(client), TestContext.Current.CancellationToken);
        Assert.Equal($"""
            Set here: 3 B in {Folder.FullPath}
              license: MIT
              note: Small.
              here/a.txt: already there, SHA-256 right
              cite: Someone, 2020
            """.ReplaceLineEndings("\n"), _output.Text);
    }

    [Fact]
    public async Task Getting_downloads_checks_and_unpacks()
    {
        var zip = ZipOf("set/words.txt", "abc");
        var entry = Entry("zipped", new CatalogFile("zipped/set.zip", zip.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(zip)), new Uri("http://127.0.0.1/set.zip"), "zipped/set"));
        using var client = new HttpClient(new Always(zip));

        await DataGet.RunAsync(_output.Console, entry, Folder, new FileDownload(client), TestContext.Current.CancellationToken);
        await DataGet.RunAsync(_output.Console, entry, Folder, new FileDownload(client), TestContext.Current.CancellationToken); // again: nothing to do

        Assert.Equal("abc", await File.ReadAllTextAsync(Folder.PathOf("zipped/set/words.txt"), TestContext.Current.CancellationToken));
        Assert.Single(_output.Text.Split('\n'), line => line == "  zipped/set.zip: downloaded, SHA-256 right");
        Assert.Single(_output.Text.Split('\n'), line => line == "  zipped/set: unpacked");
        Assert.Single(_output.Text.Split('\n'), line => line == "  zipped/set.zip: already there, SHA-256 right");
    }

    private DataFolder Folder => new(_output.Folder);

    private static CatalogEntry Entry(string name, params CatalogFile[] files) => new()
    {
        Name = name,
        Title = $"Set {name}",
        Kind = "text",
        Contents = $"Words of [{name}]",
        License = "MIT",
        Citation = "Someone, 2020",
        Notes = "Small.",
        Files = files,
    };

    private static byte[] ZipOf(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        using (var writer = new StreamWriter(archive.CreateEntry(name).Open()))
        {
            writer.Write(content);
        }

        return bytes.ToArray();
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The network was used.");
    }

    private sealed class Always(byte[] content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) });
    }
}
