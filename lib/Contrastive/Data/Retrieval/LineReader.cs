using System.Text;
using System.Text.Unicode;

namespace Contrastive.Data;

/// <summary>
/// The lines of a UTF-8 stream, one held at a time, however long the stream is. Lines end with a line feed, or a carriage return and a
/// line feed; one at the very end starts no further line. A byte-order mark at the beginning is skipped.
/// </summary>
internal sealed class LineReader(StreamedFile file) : IDisposable
{
    private readonly StreamWindow _window = new(file);
    private int _length, _passed;

    /// <summary>The number of the current line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The current line without its end, until <see cref="Next"/> is called again.</summary>
    public ReadOnlySpan<byte> Line => _window.Held[.._length];

    /// <summary>Moves to the next line; false where there is none.</summary>
    /// <exception cref="InvalidDataException">The line is not UTF-8 or longer than a gibibyte, or the compressed file is damaged.</exception>
    public bool Next()
    {
        _window.Pass(_passed);
        (_length, _passed) = (0, 0);
        for (var searched = 0; ;)
        {
            var end = _window.Held[searched..].IndexOf((byte)'\n');
            if (end >= 0)
                return Take(searched + end, searched + end + 1);
            searched = _window.Held.Length;
            if (!_window.Fill())
                return searched > 0 && Take(searched, searched);
        }
    }

    /// <summary>The current line as text.</summary>
    public TextLine Text() => new(file.Label, Number, Encoding.UTF8.GetString(Line));

    /// <summary>An error that says where and what is wrong.</summary>
    public InvalidDataException Wrong(string what) => new TextLine(file.Label, Number, "").Wrong(what);

    public void Dispose() => _window.Dispose();

    private bool Take(int length, int passed)
    {
        (_length, _passed) = (length, passed);
        Number++;
        if (Line.EndsWith("\r"u8))
            _length--;
        return Utf8.IsValid(Line) ? true : throw Wrong("it is not UTF-8.");
    }
}
