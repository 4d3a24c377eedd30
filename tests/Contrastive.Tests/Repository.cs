using System.Runtime.CompilerServices;

namespace Contrastive.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find([CallerFilePath] string source = "") => System.IO.Path.GetFullPath("../..", System.IO.Path.GetDirectoryName(source)!);
}
