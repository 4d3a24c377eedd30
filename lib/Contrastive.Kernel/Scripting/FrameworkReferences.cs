using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;

namespace Contrastive.Kernel.Scripting;

/// <summary>The framework's assemblies, which every cell sees; the kernel's own packages stay hidden.</summary>
internal static class FrameworkReferences
{
    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> References = new(Find);

    public static IEnumerable<MetadataReference> All => References.Value.Values;

    public static PortableExecutableReference? ByName(string name) =>
        References.Value.GetValueOrDefault(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    private static Dictionary<string, PortableExecutableReference> Find()
    {
        var framework = RuntimeEnvironment.GetRuntimeDirectory();
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return trusted.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(path => path.StartsWith(framework, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(Path.GetFileNameWithoutExtension)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => MetadataReference.CreateFromFile(path));
    }
}
