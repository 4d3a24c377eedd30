using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Contrastive.Kernel.Worker;

/// <summary>
/// The process's own standard streams, to which native libraries print. The runner reads them; a mark in each says that everything
/// a cell printed comes before it.
/// </summary>
internal static partial class NativeStreams
{
    private static readonly Stream Out = Console.OpenStandardOutput();
    private static readonly Stream Error = Console.OpenStandardError();

    /// <summary>Marks begin with this character; no text uses it.</summary>
    public const char MarkStart = (char)0x1e;

    /// <summary>The line that ends a cell's native output; it begins with <see cref="MarkStart"/>.</summary>
    public static string Mark(int cell) => string.Create(CultureInfo.InvariantCulture, $"{MarkStart}contrastive-cell-{cell}\n");

    public static void EndCell(int cell)
    {
        _ = OperatingSystem.IsWindows() ? FlushWindows(0) : FlushUnix(0);
        var mark = Encoding.UTF8.GetBytes(Mark(cell));
        Out.Write(mark);
        Out.Flush();
        Error.Write(mark);
        Error.Flush();
    }

    // A null stream flushes all of them.
    [LibraryImport("libc", EntryPoint = "fflush")]
    private static partial int FlushUnix(nint stream);

    [LibraryImport("ucrtbase", EntryPoint = "fflush")]
    private static partial int FlushWindows(nint stream);
}
