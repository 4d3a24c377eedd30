using System.Diagnostics;
using Contrastive.Tests.Data;
using global::NativeFix;
using Xunit;

namespace Contrastive.Tests.NativeFix;

public sealed class NativeCopyTests : IDisposable
{
    private const string Version = "GLIBCXX_3.4.32";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_marked_once_and_keeps_its_time()
    {
        var path = _folder.Write("lib.so", ElfFile.Build());
        var time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);

        Assert.True(NativeCopy.MarkWeak(path, Version));
        Assert.False(NativeCopy.MarkWeak(path, Version));

        Assert.Equal(time, File.GetLastWriteTimeUtc(path));
        Assert.True(SymbolVersions.Read(File.ReadAllBytes(path)).Entries[0].IsWeak);
        Assert.Equal(["lib.so"], _folder.Names);
    }

    [Fact]
    public void A_file_that_does_not_need_the_version_stays_as_it_is()
    {
        var path = _folder.Write("lib.so", ElfFile.Build());
        Assert.False(NativeCopy.MarkWeak(path, "GLIBCXX_9"));
        Assert.Equal(ElfFile.Build(), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_damaged_file_is_refused_and_stays_as_it_is()
    {
        var damaged = ElfFile.Build()[..200];
        var path = _folder.Write("lib.so", damaged);
        Assert.Throws<InvalidDataException>(() => NativeCopy.MarkWeak(path, Version));
        Assert.Equal(damaged, File.ReadAllBytes(path));
        Assert.Equal(["lib.so"], _folder.Names);
    }

    [Fact]
    public void The_other_name_of_a_hard_link_keeps_its_content()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var cached = _folder.Write("cache/lib.so", ElfFile.Build());
        var copy = _folder.At("lib.so");
        using (var link = Process.Start("ln", [cached, copy]))
        {
            link.WaitForExit();
            Assert.Equal(0, link.ExitCode);
        }

        Assert.True(NativeCopy.MarkWeak(copy, Version));

        Assert.Equal(ElfFile.Build(), File.ReadAllBytes(cached));
        Assert.NotEqual(ElfFile.Build(), File.ReadAllBytes(copy));
    }

    [Fact]
    public void TorchSharps_library_beside_us_differs_from_the_packages_in_those_flags_at_most()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The fix is for Linux.");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(TorchSharp.torch).Assembly.GetName().Version!.ToString(3);
        var original = Path.Combine(packages, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(original), $"There is no '{original}' to compare with.");

        var (cached, ours) = (File.ReadAllBytes(original), File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")));
        var entry = Assert.Single(SymbolVersions.Read(cached).Entries, entry => entry.Version == Version);

        Assert.False(entry.IsWeak, "The package cache was changed.");
        Assert.Equal(cached.Length, ours.Length);
        Assert.Empty(Enumerable.Range(0, cached.Length).Where(i => cached[i] != ours[i]).Except([entry.FlagsOffset]));
    }
}
