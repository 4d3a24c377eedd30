using System.Reflection;
using System.Runtime.Loader;

namespace Contrastive.Display;

/// <summary>
/// <c>Contrastive.Charts</c>, loaded from the folder beside the library in a load context of its own: Plotly.NET needs a newer
/// FSharp.Core than .NET Interactive's kernel ships, and there the kernel's would win. Only strings cross the boundary.
/// </summary>
internal static class ChartsLibrary
{
    private static readonly Lazy<Type> Renderer = new(Load);

    /// <summary>The loaded assembly.</summary>
    public static Assembly Assembly => Renderer.Value.Assembly;

    /// <summary>Converts a figure's JSON description to plotly.js's data, layout and config.</summary>
    public static string Draw(string description) => Call("Draw", description);

    /// <summary>The source of plotly.js.</summary>
    public static string Script() => Call("Script");

    private static string Call(string method, params object[] arguments)
    {
        var entry = Renderer.Value.GetMethod(method) ?? throw new MissingMethodException(Renderer.Value.FullName, method);
        return (string)entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    private static Type Load()
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(ChartsLibrary).Assembly.Location)!, "charts", "Contrastive.Charts.dll");
        if (!File.Exists(path))
            throw new FileNotFoundException($"Figures need '{path}', which is not there; build lib/Contrastive, which puts it beside itself.", path);
        return new Isolated(path).LoadFromAssemblyPath(path).GetType("Contrastive.Charts.Renderer", throwOnError: true)!;
    }

    private sealed class Isolated(string path) : AssemblyLoadContext("Contrastive.Charts")
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
