using Contrastive.Cli;
using Contrastive.Cli.Doctor;
using Xunit;

namespace Contrastive.Notebooks.Tests.Cli;

public sealed class DoctorCommandTests : IDisposable
{
    private readonly CommandOutput _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_check_that_fails_says_why_and_does_not_stop_the_others()
    {
        var code = DoctorCommand.Run(_output.Console,
        [
            new("SDK", () => "10.0"),
            new("Broken", () => throw new TypeInitializationException("torch", new DllNotFoundException("no libtorch"))),
            new("Data", () => "/data [mine]\na, b"),
        ]);

        Assert.Equal(0, code);
        Assert.Equal("SDK     10.0\nBroken  failed: no libtorch\nData    /data [mine]\n        a, b", _output.Text);
    }

    [Fact]
    public void Only_an_essential_failure_changes_the_exit_code() =>
        Assert.Equal(1, DoctorCommand.Run(_output.Console, [new("libtorch", () => throw new InvalidOperationException("none"), IsEssential: true)]));

    [Fact]
    public void The_machine_is_described_whatever_it_is() =>
        Assert.All(SystemChecks.All.Concat(ToolChecks.All), check => Assert.NotEmpty(check.Examine().Text));

    [Fact]
    public void The_sdk_is_the_one_that_builds_this() =>
        Assert.Matches(@"^\.NET SDK 10\.\d+\.\d+.*, runtime 10\.", SystemChecks.All.Single(check => check.Name == "SDK").Examine().Text);

    [Fact]
    public void Kernels_are_found_by_their_kernel_json()
    {
        _output.Write("one/kernels/.net-csharp/kernel.json", """{"display_name":".NET (C#)"}""");
        _output.Write("one/kernels/python3/kernel.json", "{");
        _output.Write("one/kernels/nothing/readme.txt", "");
        _output.Write("two/kernels/python3/kernel.json", """{"display_name":"shadowed"}""");
        string[] folders = [Path.Combine(_output.Folder, "one/kernels"), Path.Combine(_output.Folder, "two/kernels"), Path.Combine(_output.Folder, "none")];

        Assert.Equal(".net-csharp (.NET (C#)), python3 (its kernel.json is broken)", ToolChecks.DescribeKernels(folders));
        Assert.Equal("no kernels installed\n.net-csharp is not installed; 'contrastive run' needs none", ToolChecks.DescribeKernels([]));
    }

    [Fact]
    public void The_browser_is_the_first_on_the_path()
    {
        var browser = _output.Write("bin/chromium", "");
        Assert.Equal(browser, ToolChecks.DescribeBrowser($"/nowhere{Path.PathSeparator}{Path.GetDirectoryName(browser)}"));
        Assert.StartsWith("not found on the PATH", ToolChecks.DescribeBrowser("/nowhere"), StringComparison.Ordinal);
    }
}
