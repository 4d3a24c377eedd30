using System.Text.RegularExpressions;
using Contrastive.Torch;
using Lucene.Net.Store;
using LuceneDirectory = Lucene.Net.Store.Directory;
using SystemDirectory = System.IO.Directory;

namespace Contrastive.Retrieval;

/// <summary>The folder of an index.</summary>
internal static partial class Bm25Folder
{
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static LuceneDirectory Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return SystemDirectory.Exists(folder)
            ? new MMapDirectory(folder, NoLockFactory.GetNoLockFactory())
            : throw new DirectoryNotFoundException($"There is no folder '{folder}'; make an index in it with Bm25Index.Build.");
    }

    /// <exception cref="IOException">Something is there already, which is not an index or not to be replaced.</exception>
    public static void Make(string folder, bool replace, Action<LuceneDirectory> write) => WholeFolder.Write(
        folder,
        target =>
        {
            if (!replace)
                throw new IOException($"'{target}' already exists: open it with Bm25Index.Open, or build with replace: true to make the index anew.");
            RefuseOther(target);
        },
        building =>
        {
            using var directory = Open(building);
            write(directory);
        });

    private static void RefuseOther(string target)
    {
        string[] entries = File.Exists(target) ? [target] : SystemDirectory.GetFileSystemEntries(target);
        if (entries.FirstOrDefault(path => !File.Exists(path) || !OfIndex().IsMatch(Path.GetFileName(path))) is { } other)
            throw new IOException($"'{target}' is not replaced, because '{other}' is not part of an index: choose another folder.");
        if (!entries.Any(path => Commit().IsMatch(Path.GetFileName(path))))
            throw new IOException($"'{target}' is not replaced, because it holds no index (no file segments_N): choose another folder.");
    }

    /// <summary>Lucene's own names: those of the files of a segment (of 4.8's formats), of a commit, and of a lock.</summary>
    [GeneratedRegex(@"\A(_[0-9a-z]+(_[0-9A-Za-z_]+)?\.(cfs|cfe|si|fnm|fdt|fdx|tvd|tvf|tvx|doc|pos|pay|tim|tip|dvd|dvm|nvd|nvm|del)|segments(_[0-9a-z]+|\.gen)|write\.lock)\z")]
    private static partial Regex OfIndex();

    [GeneratedRegex(@"\Asegments_[0-9a-z]+\z")]
    private static partial Regex Commit();
}
