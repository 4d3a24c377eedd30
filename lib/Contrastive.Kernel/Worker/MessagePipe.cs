using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Contrastive.Kernel.Worker;

/// <summary>Messages over a pipe, one JSON object per line; sending is safe from several threads.</summary>
internal sealed class MessagePipe(Stream pipe) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamReader _reader = new(pipe, Utf8);
    private readonly StreamWriter _writer = new(pipe, Utf8) { NewLine = "\n", AutoFlush = true };
    private readonly Lock _lock = new();

    public void Send<T>(T message)
    {
        var line = JsonSerializer.Serialize(message, Options);
        lock (_lock)
        {
            _writer.WriteLine(line);
        }
    }

    /// <summary>The next message, or null when the other side has gone.</summary>
    public async Task<T?> ReceiveAsync<T>()
        where T : class
    {
        try
        {
            var line = await _reader.ReadLineAsync().ConfigureAwait(false);
            return line is null ? null : JsonSerializer.Deserialize<T>(line, Options);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or JsonException)
        {
            // A process that dies may leave half a line.
            return null;
        }
    }

    public void Dispose() => pipe.Dispose();
}
