using System.Reflection;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Contrastive.Runs;

/// <summary>The versions that a run's numbers depend on.</summary>
internal static partial class PackageVersions
{
    public static SortedDictionary<string, string> Read() => new(StringComparer.Ordinal)
    {
        [".NET"] = Environment.Version.ToString(),
        ["Contrastive"] = Of(typeof(PackageVersions)),
        ["TorchSharp"] = Of(typeof(torch)),
        ["libtorch"] = Short(torch.__version__),
        ["SkiaSharp"] = Of(typeof(SkiaSharp.SKBitmap)),
        ["Microsoft.Data.Analysis"] = Of(typeof(Microsoft.Data.Analysis.DataFrame)),
    };

    private static string Of(Type type)
    {
        var assembly = type.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();
        return Short(version ?? "unknown");
    }

    /// <summary>Without the commit, and without a fourth number that is zero: <c>2.88.9.0-9699cdf0…</c> is 2.88.9.</summary>
    private static string Short(string version) => Release().Match(version) is { Success: true } release ? release.Value : version;

    [GeneratedRegex(@"^\d+(\.\d+){1,2}(?=(\.0)?([+-]|$))(-(?![0-9a-f]{40})[^+]+)?")]
    private static partial Regex Release();
}
