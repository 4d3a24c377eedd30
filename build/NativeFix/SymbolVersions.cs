using System.Buffers.Binary;
using System.Text;

namespace NativeFix;

/// <summary>
/// The symbol versions that an ELF shared object needs from other libraries (section <c>.gnu.version_r</c>),
/// with the one change that we make to them: marking an entry weak, so that the dynamic loader accepts a library
/// that lacks the version. Layout: the gABI and the Linux Standard Base, "Symbol Versioning".
/// </summary>
public sealed class SymbolVersions
{
    private const ushort VersionFlagWeak = 2; // VER_FLG_WEAK
    private const uint SectionTypeVersionNeeds = 0x6ffffffe; // SHT_GNU_verneed

    private const int SectionHeaderSize = 64;

    private readonly byte[] _file;
    private readonly List<Entry> _entries = [];

    private SymbolVersions(byte[] file) => _file = file;

    /// <summary>One needed version: the library, the version's name, and where its flags are in the file.</summary>
    public sealed record Entry(string Library, string Version, int FlagsOffset, bool IsWeak);

    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>Reads the needed versions of a 64-bit little-endian ELF shared object.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a file, or its tables point outside it.</exception>
    public static SymbolVersions Read(byte[] file)
    {
        if (file.Length < 64 || file[0] != 0x7f || file[1] != 'E' || file[2] != 'L' || file[3] != 'F')
        {
            throw new InvalidDataException("Not an ELF file: it does not start with 0x7F 'ELF'.");
        }

        if (file[4] != 2 || file[5] != 1)
        {
            throw new InvalidDataException("Not a 64-bit little-endian ELF file: only x86-64 and arm64 libraries are expected here.");
        }

        var versions = new SymbolVersions(file);
        try
        {
            versions.ReadSections();
        }
        catch (Exception outOfFile) when (outOfFile is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("A table of this ELF file points outside the file: it is truncated or damaged.", outOfFile);
        }

        return versions;
    }

    /// <summary>A copy of the file with the flags of every entry of that name marked weak; all other bytes are unchanged.</summary>
    /// <exception cref="InvalidDataException">No entry has that name.</exception>
    public byte[] MarkWeak(string version)
    {
        var marked = (byte[])_file.Clone();
        var matches = _entries.Where(entry => entry.Version == version).ToList();
        if (matches.Count == 0)
        {
            throw new InvalidDataException(
                $"The file needs no symbol version '{version}'. It needs: {string.Join(", ", _entries.Select(entry => entry.Version))}.");
        }

        foreach (var entry in matches)
        {
            var flags = marked.AsSpan(entry.FlagsOffset, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | VersionFlagWeak));
        }

        return marked;
    }

    private void ReadSections()
    {
        var table = Offset(0x28);
        int size = UInt16(0x3a), count = UInt16(0x3c);
        if (count == 0 || size < SectionHeaderSize)
        {
            throw new InvalidDataException("The ELF file has no section headers, so that its symbol versions cannot be found.");
        }

        for (var section = 0; section < count; section++)
        {
            var header = checked(table + section * size);
            if (UInt32(header + 4) == SectionTypeVersionNeeds)
            {
                var names = Offset(checked(table + (int)UInt32(header + 0x28) * size) + 0x18);
                ReadNeeds(Offset(header + 0x18), names);
            }
        }
    }

    private void ReadNeeds(int need, int names)
    {
        for (uint next = 1; next != 0; need = checked(need + (int)next))
        {
            var library = Text(names, UInt32(need + 4));
            var auxiliary = checked(need + (int)UInt32(need + 8));
            for (uint step = 1; step != 0; auxiliary = checked(auxiliary + (int)step))
            {
                var weak = (UInt16(auxiliary + 4) & VersionFlagWeak) != 0;
                _entries.Add(new Entry(library, Text(names, UInt32(auxiliary + 8)), auxiliary + 4, weak));
                step = UInt32(auxiliary + 12);
            }

            next = UInt32(need + 12);
        }
    }

    private int Offset(int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(at, 8)));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at, 4));

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at, 2));

    private string Text(int names, uint at)
    {
        var rest = _file.AsSpan(checked(names + (int)at));
        var end = rest.IndexOf((byte)0);
        return end >= 0 ? Encoding.ASCII.GetString(rest[..end]) : throw new InvalidDataException("A name runs past the end of the file.");
    }
}
