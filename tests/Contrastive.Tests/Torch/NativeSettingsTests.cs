using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

public partial class NativeSettingsTests
{
    // A module initializer runs when something of the module is first used.
    public NativeSettingsTests() => RuntimeHelpers.RunModuleConstructor(typeof(NativeSettings).Module.ModuleHandle);

    [Theory]
    [InlineData("THP_MEM_ALLOC_ENABLE", "1", "")]
    [InlineData("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT")]
    public void Native_code_sees_what_the_library_chose_or_what_the_user_did(string name, string chosen, string alternative)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The settings are for Linux.");
        var users = Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        var hasAlternative = alternative.Length > 0 && Environment.GetEnvironmentVariable(alternative) is { Length: > 0 };
        var expected = users ?? (hasAlternative ? null : chosen);
        Assert.Equal(expected, Marshal.PtrToStringUTF8(GetEnvironment(name)));
    }

    [Fact]
    public void OneDnn_is_limited_only_where_its_kernels_are_wrong_and_the_user_has_not_chosen()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The settings are for Linux.");
        string[] names = ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"];
        var isChosen = names.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });
        Assert.Equal(Processor.HidesCaches && !isChosen, NativeSettings.LimitsOneDnn);
        Assert.False(NativeSettings.LimitsOneDnn && NativeSettings.AllowsAvx512);
        if (NativeSettings.LimitsOneDnn)
            Assert.Equal("AVX", Marshal.PtrToStringUTF8(GetEnvironment(names[0])));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
