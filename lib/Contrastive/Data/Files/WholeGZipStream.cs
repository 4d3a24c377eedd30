using System.Buffers.Binary;
using System.IO.Compression;

namespace Contrastive.Data;

/// <summary>
/// Unpacks a gzip file and, at its end, checks the length against the file's last four bytes: <see cref="GZipStream"/> alone accepts a
/// truncated file.
/// </summary>
internal sealed class WholeGZipStream(FileStream file) : Stream
{
    private readonly GZipStream _unpacked = new(file, CompressionMode.Decompress);
    private uint _count; // modulo 2³², as in the file
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        var count = _unpacked.Read(buffer);
        _count = unchecked(_count + (uint)count);
        _isAtEnd = count == 0;
        if (_isAtEnd && LengthInFile() != _count)
        {
            throw new InvalidDataException("The compressed data ends early (or is made of several gzip parts, which are not read).");
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private uint? LengthInFile()
    {
        Span<byte> last = stackalloc byte[sizeof(uint)];
        if (file.Length < sizeof(uint))
        {
            return null;
        }

        file.Seek(-sizeof(uint), SeekOrigin.End);
        file.ReadExactly(last);
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }
}
