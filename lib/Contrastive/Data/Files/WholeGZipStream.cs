using System.Buffers.Binary;
using System.IO.Compression;

namespace Contrastive.Data;

/// <summary>
/// Unpacks a gzip file and, at its end, checks the length against the file's last four bytes: <see cref="GZipStream"/> alone accepts a
/// truncated file.
/// </summary>
internal sealed class WholeGZipStream : ForwardStream
{
    private readonly FileStream _file;
    private uint _count; // modulo 2³², as in the file
    private bool _isAtEnd;

    public WholeGZipStream(FileStream file) : base(new GZipStream(file, CompressionMode.Decompress)) => _file = file;

    public override int Read(Span<byte> buffer)
    {
        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        var count = Inner.Read(buffer);
        _count = unchecked(_count + (uint)count);
        _isAtEnd = count == 0;
        if (_isAtEnd && LengthInFile() != _count)
        {
            throw new InvalidDataException("The compressed data ends early (or is made of several gzip parts, which are not read).");
        }

        return count;
    }

    private uint? LengthInFile()
    {
        Span<byte> last = stackalloc byte[sizeof(uint)];
        if (_file.Length < sizeof(uint))
        {
            return null;
        }

        _file.Seek(-sizeof(uint), SeekOrigin.End);
        _file.ReadExactly(last);
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }
}
