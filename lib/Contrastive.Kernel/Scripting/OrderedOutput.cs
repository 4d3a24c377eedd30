using System.Text;

namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Passes a cell's output on in the order in which it was made. Whole lines of text are sent at once, so that they survive a
/// crash in the next statement; the rest is sent when another kind of output follows, and ten times a second.
/// </summary>
internal sealed class OrderedOutput : ICellOutput, IDisposable
{
    private const int LargestPiece = 8192;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ICellOutput _receiver;
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly Timer _timer;
    private string _stream = "stdout";

    public OrderedOutput(ICellOutput receiver)
    {
        _receiver = receiver;
        _timer = new Timer(_ => FlushUnlessBusy(), null, Interval, Interval);
    }

    public void Stream(string name, string text)
    {
        lock (_lock)
        {
            if (name != _stream)
            {
                Flush();
                _stream = name;
            }

            _text.Append(text);
            if (text.EndsWith('\n') || _text.Length >= LargestPiece)
            {
                Flush();
            }
        }
    }

    public void Display(string displayId, IReadOnlyDictionary<string, string> content, bool isUpdate)
    {
        lock (_lock)
        {
            Flush();
            _receiver.Display(displayId, content, isUpdate);
        }
    }

    public void Result(IReadOnlyDictionary<string, string> content)
    {
        lock (_lock)
        {
            Flush();
            _receiver.Result(content);
        }
    }

    public void Error(CellError error)
    {
        lock (_lock)
        {
            Flush();
            _receiver.Error(error);
        }
    }

    public void Flush()
    {
        lock (_lock)
        {
            if (_text.Length > 0)
            {
                _receiver.Stream(_stream, _text.ToString());
                _text.Clear();
            }
        }
    }

    /// <summary>Sends what is left unless something is being sent. It does not wait: the timer's callbacks would take the thread pool's
    /// threads one after another, and sending waits for one of them.</summary>
    internal void FlushUnlessBusy()
    {
        if (!_lock.TryEnter())
        {
            return;
        }

        try
        {
            Flush();
        }
        finally
        {
            _lock.Exit();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Flush();
    }
}
