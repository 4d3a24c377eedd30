using System.Text;
using System.Text.Unicode;

namespace Contrastive.Data;

/// <summary>
/// The lines of a UTF-8 stream, one held at a time, however long the stream is. Lines end with a line feed, or a carriage return and a
/// line feed; one at the very end starts no further line. A byte-order mark at the beginning is skipped.
/// </summary>
internal sealed class LineReader(string file, Stream content) : IDisposable
{
    /// <summary>A line of a gibibyte is no line: a guard against compressed files that never end one.</summary>
    private const int LongestLine = 1 << 30;

    private byte[] _buffer = new byte[1 << 16];
    private int _start, _length, _next, _filled;

    /// <summary>The number of the current line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The current line without its end, until <see cref="Next"/> is called again.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _length);

    /// <summary>Moves to the next line; false where there is none.</summary>
    /// <exception cref="InvalidDataException">The line is not UTF-8 or far too long, or the compressed file is damaged.</exception>
    public bool Next()
    {
        var searched = _next;
        while (true)
        {
            var end = _buffer.AsSpan(searched, _filled - searched).IndexOf((byte)'\n');
            if (end >= 0)
                return Take(searched + end, searched + end + 1);
            var held = _filled - _next;
            if (!Fill())
                return held > 0 && Take(_filled, _filled);
            searched = _next + held;
        }
    }

    /// <summary>The current line as text.</summary>
    public TextLine Text() => new(file, Number, Encoding.UTF8.GetString(Line));

    /// <summary>An error that says where and what is wrong.</summary>
    public InvalidDataException Wrong(string what) => new TextLine(file, Number, "").Wrong(what);

    public void Dispose() => content.Dispose();

    private bool Take(int end, int next)
    {
        (_start, _next) = (_next, next);
        Number++;
        if (Number == 1 && _buffer.AsSpan(_start, end - _start).StartsWith("\uFEFF"u8))
            _start += 3;
        _length = end - _start;
        if (Line.EndsWith("\r"u8))
            _length--;
        return Utf8.IsValid(Line) ? true : throw Wrong("it is not UTF-8.");
    }

    /// <summary>Reads more behind what is held, which moves to the front; false at the end.</summary>
    private bool Fill()
    {
        var held = _buffer.AsSpan(_next, _filled - _next);
        var target = _buffer;
        if (held.Length == _buffer.Length)
        {
            if (held.Length >= LongestLine)
                throw new TextLine(file, Number + 1, "").Wrong("it is longer than a gibibyte.");
            target = GC.AllocateUninitializedArray<byte>(2 * held.Length);
        }

        held.CopyTo(target);
        (_buffer, _next, _filled) = (target, 0, held.Length);
        var count = 0;
        GZipFile.Reading(file, () => count = content.Read(_buffer, _filled, _buffer.Length - _filled));
        _filled += count;
        return count > 0;
    }
}
