using System.Buffers.Binary;
using System.Text;

namespace Contrastive.Tests.NativeFix;

/// <summary>The smallest ELF shared object with needed symbol versions: three versions of two libraries.</summary>
internal static class ElfFile
{
    private const int Names = 64; // a string table, then the table of needs, then two section headers
    private const int Needs = 192;
    private const int Sections = 320;

    public const int FlagsOfNewVersion = Needs + 32 + 4;

    public static byte[] Build()
    {
        var file = new byte[Sections + 2 * 64];
        byte[] magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        magic.CopyTo(file, 0);
        UInt64(file, 0x28, Sections);
        UInt16(file, 0x3a, 64);
        UInt16(file, 0x3c, 2);

        var offsets = new Dictionary<string, int>();
        var at = 1;
        foreach (var name in new[] { "libstdc++.so.6", "libc.so.6", "GLIBCXX_3.4.32", "GLIBCXX_3.4.3", "GLIBC_2.14" })
        {
            offsets[name] = at;
            Encoding.ASCII.GetBytes(name).CopyTo(file, Names + at);
            at += name.Length + 1;
        }

        Need(file, Needs, offsets["libstdc++.so.6"], auxiliary: 32, next: 80);
        Auxiliary(file, Needs + 32, offsets["GLIBCXX_3.4.32"], next: 16);
        Auxiliary(file, Needs + 48, offsets["GLIBCXX_3.4.3"], next: 0);
        Need(file, Needs + 80, offsets["libc.so.6"], auxiliary: 16, next: 0);
        Auxiliary(file, Needs + 96, offsets["GLIBC_2.14"], next: 0);

        Section(file, 0, type: 3, Names, link: 0); // SHT_STRTAB
        Section(file, 1, type: 0x6ffffffe, Needs, link: 0); // SHT_GNU_verneed
        return file;
    }

    private static void Need(byte[] file, int at, int name, int auxiliary, int next)
    {
        UInt16(file, at, 1);
        UInt32(file, at + 4, name);
        UInt32(file, at + 8, auxiliary);
        UInt32(file, at + 12, next);
    }

    private static void Auxiliary(byte[] file, int at, int name, int next)
    {
        UInt32(file, at, 0x1234567); // the name's hash
        UInt16(file, at + 6, 9); // vna_other
        UInt32(file, at + 8, name);
        UInt32(file, at + 12, next);
    }

    private static void Section(byte[] file, int index, long type, int offset, int link)
    {
        var header = Sections + index * 64;
        UInt32(file, header + 4, type);
        UInt64(file, header + 0x18, offset);
        UInt32(file, header + 0x28, link);
    }

    private static void UInt16(byte[] file, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), (ushort)value);

    private static void UInt32(byte[] file, int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)value);

    private static void UInt64(byte[] file, int at, long value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), (ulong)value);
}
