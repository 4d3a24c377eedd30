using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Contrastive.Kernel.Scripting;

/// <summary>
/// Loads the assemblies that cells refer to, once each, into the default context: an assembly's own dependencies are looked for in its
/// folder, and so are its native libraries (the runtime looks beside an assembly first).
/// </summary>
internal sealed class ReferencedAssemblies : IDisposable
{
    private readonly List<string> _folders = [];
    private readonly HashSet<string> _loaded = new(StringComparer.Ordinal);

    public ReferencedAssemblies() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <summary>The loader that scripts consult first for an assembly.</summary>
    public InteractiveAssemblyLoader Loader { get; } = new();

    public void Load(string path)
    {
        if (!_loaded.Add(path))
        {
            return;
        }

        var folder = Path.GetDirectoryName(path)!;
        if (!_folders.Contains(folder))
        {
            _folders.Add(folder);
        }

        try
        {
            Loader.RegisterDependency(AlreadyThere(path) ?? AssemblyLoadContext.Default.LoadFromAssemblyPath(path));
        }
        catch (BadImageFormatException)
        {
            // Not a managed assembly: the compiler says so, with the place of the reference.
        }
    }

    public void Dispose()
    {
        AssemblyLoadContext.Default.Resolving -= Resolve;
        Loader.Dispose();
    }

    /// <summary>The runtime holds one assembly per name in a context; the first one loaded stays.</summary>
    private static Assembly? AlreadyThere(string path)
    {
        var name = AssemblyName.GetAssemblyName(path).Name;
        return AssemblyLoadContext.Default.Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name);
    }

    private Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        var path = _folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }
}
