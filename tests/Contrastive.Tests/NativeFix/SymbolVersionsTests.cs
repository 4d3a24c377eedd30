using global::NativeFix;
using Xunit;

namespace Contrastive.Tests.NativeFix;

public sealed class SymbolVersionsTests
{
    [Fact]
    public void Reads_every_needed_version_with_its_library()
    {
        var versions = SymbolVersions.Read(ElfFile.Build());

        Assert.Equal(
            [("libstdc++.so.6", "GLIBCXX_3.4.32", false), ("libstdc++.so.6", "GLIBCXX_3.4.3", false), ("libc.so.6", "GLIBC_2.14", false)],
            versions.Entries.Select(entry => (entry.Library, entry.Version, entry.IsWeak)));
    }

    [Fact]
    public void Marking_touches_only_the_flags_of_the_one_version()
    {
        var before = ElfFile.Build();
        var after = SymbolVersions.Read(before).MarkWeak("GLIBCXX_3.4.32");

        Assert.Equal([ElfFile.FlagsOfNewVersion], Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]));
        Assert.Equal(2, after[ElfFile.FlagsOfNewVersion]); // VER_FLG_WEAK
        Assert.Equal([true, false, false], SymbolVersions.Read(after).Entries.Select(entry => entry.IsWeak));
    }

    [Fact]
    public void Other_flags_of_the_entry_stay()
    {
        var file = ElfFile.Build();
        file[ElfFile.FlagsOfNewVersion] = 4;
        Assert.Equal(6, SymbolVersions.Read(file).MarkWeak("GLIBCXX_3.4.32")[ElfFile.FlagsOfNewVersion]);
    }

    [Fact]
    public void Marking_twice_is_marking_once()
    {
        var once = SymbolVersions.Read(ElfFile.Build()).MarkWeak("GLIBCXX_3.4.32");
        Assert.Equal(once, SymbolVersions.Read(once).MarkWeak("GLIBCXX_3.4.32"));
    }

    [Fact]
    public void A_version_that_is_not_needed_lists_those_that_are()
    {
        var unknown = Assert.Throws<InvalidDataException>(() => SymbolVersions.Read(ElfFile.Build()).MarkWeak("GLIBCXX_9"));
        Assert.Equal("The file needs no symbol version 'GLIBCXX_9'. It needs: GLIBCXX_3.4.32, GLIBCXX_3.4.3, GLIBC_2.14.", unknown.Message);
    }

    [Theory]
    [InlineData(0, 0x4d, "Not an ELF file")] // "M": a Windows library
    [InlineData(4, 1, "Not a 64-bit little-endian ELF file")] // 32 bits
    [InlineData(5, 2, "Not a 64-bit little-endian ELF file")] // big-endian
    [InlineData(0x3c, 0, "no section headers")]
    [InlineData(0x29, 0x77, "points outside the file")] // the section table
    public void Another_kind_of_file_is_refused(int at, byte value, string message)
    {
        var file = ElfFile.Build();
        file[at] = value;
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => SymbolVersions.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var file = ElfFile.Build();
        Assert.All(Enumerable.Range(0, file.Length - 24), length => Assert.Throws<InvalidDataException>(() => SymbolVersions.Read(file[..length])));
    }

    [Fact]
    public void No_damage_to_a_single_byte_does_worse_than_a_refusal()
    {
        var file = ElfFile.Build();
        for (var at = 0; at < file.Length; at++)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] = 0xff;
            var problem = Record.Exception(() => SymbolVersions.Read(damaged));
            Assert.True(problem is null or InvalidDataException, $"Byte {at}: {problem}");
        }
    }
}
