using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Resolves <c>#r "path"</c>: a path relative to the notebook's folder, or the name of a framework assembly. The references of
/// a referenced assembly are found in its own folder.
/// </summary>
internal sealed class CellReferenceResolver(string folder, ReferencedAssemblies assemblies) : MetadataReferenceResolver
{
    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        if (FrameworkReferences.ByName(reference) is { } framework)
        {
            return [framework];
        }

        var path = Path.GetFullPath(reference, folder);
        if (!File.Exists(path))
        {
            return [];
        }

        assemblies.Load(path);
        return [MetadataReference.CreateFromFile(path, properties)];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        if (FrameworkReferences.ByName(referenceIdentity.Name) is { } framework)
        {
            return framework;
        }

        if (definition is not PortableExecutableReference { FilePath: { } referrer })
        {
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(referrer)!, referenceIdentity.Name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        assemblies.Load(path);
        return MetadataReference.CreateFromFile(path);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
