namespace Contrastive.Data;

/// <summary>
/// The bytes of a stream that are being looked at, in one piece, which grows to the largest that is asked for. A byte-order mark at the
/// beginning is skipped.
/// </summary>
internal sealed class StreamWindow : IDisposable
{
    /// <summary>A piece of a gibibyte is none: a guard against compressed files that never end a line.</summary>
    private const int Largest = 1 << 30;

    private readonly string _file;
    private readonly Stream _content;
    private readonly Action _read; // made once: there are many reads
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _filled, _count;
    private bool _isOpen;

    public StreamWindow(StreamedFile file)
    {
        (_file, _content) = (file.Label, file.Open());
        // A full buffer each time: whoever begins an element anew then does so only as often as it doubles.
        _read = () => _count = _content.ReadAtLeast(_buffer.AsSpan(_filled), _buffer.Length - _filled, throwOnEndOfStream: false);
    }

    /// <summary>What has been read and not been passed, until <see cref="Fill"/> is called again.</summary>
    public ReadOnlySpan<byte> Held => _buffer.AsSpan(_start, _filled - _start);

    /// <summary>Lets go of the first bytes.</summary>
    public void Pass(int count) => _start += count;

    /// <summary>Reads more behind what is held; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">More than a gibibyte would be held, or the compressed file is damaged.</exception>
    public bool Fill()
    {
        if (_isOpen)
            return ReadMore();
        _isOpen = true;
        while (Held.Length < 3 && ReadMore())
        {
        }

        if (Held.StartsWith("\uFEFF"u8))
            Pass(3);
        return !Held.IsEmpty || ReadMore();
    }

    public void Dispose() => _content.Dispose();

    private bool ReadMore()
    {
        var held = Held;
        var target = _buffer;
        if (held.Length == _buffer.Length)
        {
            if (held.Length >= Largest)
                throw new InvalidDataException($"{_file}: a line or an element of it is longer than a gibibyte.");
            target = GC.AllocateUninitializedArray<byte>(2 * held.Length);
        }

        held.CopyTo(target);
        (_buffer, _start, _filled) = (target, 0, held.Length);
        GZipFile.Reading(_file, _read);
        _filled += _count;
        return _count > 0;
    }
}
