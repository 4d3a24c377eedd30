using System.Text;

namespace Contrastive.Kernel.Worker;

/// <summary>Reads one of a worker's standard streams and knows when all of a cell's text has arrived.</summary>
internal sealed class NativeOutput(StreamReader reader, Action<string> receive)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();

    /// <summary>Completes at the stream's end.</summary>
    public async Task ReadAsync()
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var count)
        {
            _text.Append(buffer, 0, count);
            Deliver();
        }

        Receive(_text.ToString());
        lock (_lock)
        {
            foreach (var mark in _awaited.Values)
            {
                mark.TrySetResult();
            }
        }
    }

    /// <summary>Completes when the cell's mark has arrived.</summary>
    public Task CellEnded(int cell) => Awaited(NativeStreams.Mark(cell)).Task;

    /// <summary>Passes on the text before the marks, and text that cannot begin one.</summary>
    private void Deliver()
    {
        while (true)
        {
            var text = _text.ToString();
            var start = text.IndexOf(NativeStreams.MarkStart);
            var end = start < 0 ? -1 : text.IndexOf('\n', start);
            Receive(start < 0 ? text : text[..start]);
            _text.Remove(0, end < 0 ? (start < 0 ? text.Length : start) : end + 1);
            if (end < 0)
            {
                return;
            }

            Awaited(text[start..(end + 1)]).TrySetResult();
        }
    }

    private void Receive(string text)
    {
        if (text.Length > 0)
        {
            receive(text);
        }
    }

    private TaskCompletionSource Awaited(string mark)
    {
        lock (_lock)
        {
            if (!_awaited.TryGetValue(mark, out var source))
            {
                _awaited[mark] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return source;
        }
    }
}
