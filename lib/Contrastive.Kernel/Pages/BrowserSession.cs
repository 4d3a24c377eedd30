using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Contrastive.Kernel.Pages;

/// <summary>A headless browser, driven over the DevTools protocol: one launch serves all figures of a page.</summary>
internal sealed class BrowserSession : IAsyncDisposable
{
    private const string Listening = "DevTools listening on ";
    private static readonly string[] Quiet =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0", "about:blank",
    ];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private int _lastId;

    private BrowserSession(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    public static async Task<BrowserSession> StartAsync(string browser, CancellationToken cancellation)
    {
        var profile = Directory.CreateTempSubdirectory("contrastive-browser-").FullName;
        var start = new ProcessStartInfo(browser, [$"--user-data-dir={profile}", .. Quiet])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new IOException($"'{browser}' could not be started.");
        var session = new BrowserSession(process, profile);
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(Listening, StringComparison.Ordinal))
                {
                    process.BeginOutputReadLine();
                    _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                    await session._socket.ConnectAsync(new Uri(line[Listening.Length..].Trim()), cancellation).ConfigureAwait(false);
                    return session;
                }
            }

            throw new IOException($"'{browser}' ended before it was ready.");
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer; events in between are ignored.</summary>
    public async Task<JsonObject> SendAsync(string method, JsonObject parameters, string? session, CancellationToken cancellation)
    {
        var id = ++_lastId;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await _socket.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, cancellation).ConfigureAwait(false);
        while (true)
        {
            var message = await ReceiveAsync(cancellation).ConfigureAwait(false);
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"] as JsonObject
                    ?? throw new IOException($"The browser refused {method}: {message["error"]?["message"]}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // Part of the browser still writes there; the system clears its temporary folder.
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellation)
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            text.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(text.ToArray()) ?? throw new IOException("The browser sent an empty message.");
    }
}
