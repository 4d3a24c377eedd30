using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Contrastive.Notebooks.Tests;

public class ProjectTests
{
    /// <summary>By what the compiler wrote into each assembly: the command line uses the kernel and the library, and these use no project.</summary>
    [Theory]
    [InlineData("Contrastive.Cli.dll", "Contrastive", "Contrastive.Kernel")]
    [InlineData("Contrastive.Kernel.dll")]
    [InlineData("Contrastive.dll")]
    [InlineData("charts/Contrastive.Charts.dll")]
    public void A_project_refers_to_no_other_than_the_architecture_says(string assembly, params string[] expected)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly)));
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        Assert.Equal(expected, references.Where(name => name.StartsWith("Contrastive", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
