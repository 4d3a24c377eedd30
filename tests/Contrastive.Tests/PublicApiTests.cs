using System.Runtime.CompilerServices;
using PublicApiGenerator;
using Xunit;

namespace Contrastive.Tests;

public sealed class PublicApiTests
{
    /// <summary>A notebook breaks when the library's public API changes, so every change to it is reviewed here.</summary>
    [Fact]
    public void The_public_API_is_the_approved_one()
    {
        var api = typeof(Contrastive.Losses.NtXentLoss).Assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = ["System.Runtime.CompilerServices.RefSafetyRulesAttribute"],
        }).ReplaceLineEndings("\n") + "\n";
        var approved = File.Exists(Beside("PublicApi.approved.txt")) ? File.ReadAllText(Beside("PublicApi.approved.txt")).ReplaceLineEndings("\n") : "";
        if (api != approved)
            File.WriteAllText(Beside("PublicApi.received.txt"), api);
        Assert.Equal(approved, api);
    }

    private static string Beside(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, name);
}
