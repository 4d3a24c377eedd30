using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Contrastive.Kernel.Tests.Scripting;

/// <summary>Compiles a small assembly into a folder.</summary>
internal static class TestAssembly
{
    public static void Emit(string folder, string name, string code, params string[] references)
    {
        Directory.CreateDirectory(folder);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [
                .. Contrastive.Kernel.Scripting.FrameworkReferences.All,
                .. references.Select(reference => MetadataReference.CreateFromFile(Path.Combine(folder, reference + ".dll"))),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var result = compilation.Emit(Path.Combine(folder, name + ".dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
