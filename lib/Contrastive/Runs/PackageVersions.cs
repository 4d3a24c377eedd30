using System.Reflection;
using TorchSharp;

namespace Contrastive.Runs;

/// <summary>The versions that a figure depends on.</summary>
internal static class PackageVersions
{
    public static SortedDictionary<string, string> Read() => new(StringComparer.Ordinal)
    {
        [".NET"] = Environment.Version.ToString(),
        ["Contrastive"] = Of(typeof(PackageVersions)),
        ["TorchSharp"] = Of(typeof(torch)),
        ["libtorch"] = torch.__version__,
        ["SkiaSharp"] = Of(typeof(SkiaSharp.SKBitmap)),
        ["Microsoft.Data.Analysis"] = Of(typeof(Microsoft.Data.Analysis.DataFrame)),
    };

    private static string Of(Type type)
    {
        var assembly = type.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();
        return (version ?? "unknown").Split('+')[0];
    }
}
