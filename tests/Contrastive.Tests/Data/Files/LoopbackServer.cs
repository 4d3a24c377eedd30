using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Contrastive.Tests.Data;

/// <summary>A local web server for one file, which can be told to misbehave.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _content;

    public LoopbackServer(byte[] content)
    {
        _content = content;
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file");

    /// <summary>The Range header of each request so far; empty for none.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>How many bytes of its answer each request gets before the connection is cut; the last applies to all that follow.</summary>
    public Queue<int> CutAfter { get; } = new([int.MaxValue]);

    public bool IgnoresRanges { get; init; }

    public string? Status { get; init; }

    /// <summary>Sends no length, so that only counting the bytes reveals a wrong one.</summary>
    public bool HidesLength { get; init; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(connection.GetStream());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
        {
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var range = "";
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            range = line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase) ? line[6..].Trim() : range;
        }

        Ranges.Add(range);
        var from = range.Length > 0 && !IgnoresRanges ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        var status = Status ?? (from > 0 ? "206 Partial Content" : "200 OK");
        var header = new StringBuilder($"HTTP/1.1 {status}\r\nConnection: close\r\n");
        var body = Status is null ? _content[Math.Min(from, _content.Length)..] : [];
        if (!HidesLength)
        {
            header.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        if (from > 0)
        {
            header.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{_content.Length - 1}/{_content.Length}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(header.Append("\r\n").ToString()));
        await stream.WriteAsync(body.AsMemory(0, Math.Min(body.Length, CutAfter.Count > 1 ? CutAfter.Dequeue() : CutAfter.Peek())));
    }
}
