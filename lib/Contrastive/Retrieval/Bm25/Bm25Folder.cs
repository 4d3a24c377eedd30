using Lucene.Net.Store;
using LuceneDirectory = Lucene.Net.Store.Directory;
using SystemDirectory = System.IO.Directory;

namespace Contrastive.Retrieval;

/// <summary>The folder of an index: made beside its place and moved there when complete.</summary>
internal static class Bm25Folder
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
    public static void Make(string folder, bool replace, Action<LuceneDirectory> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RefuseWhatIsThere(target, replace);
        var (building, replaced) = ($"{target}.building-{Guid.NewGuid():N}", $"{target}.replaced-{Guid.NewGuid():N}");
        SystemDirectory.CreateDirectory(building);
        try
        {
            using (var directory = Open(building))
                write(directory);
            RefuseWhatIsThere(target, replace);
            if (SystemDirectory.Exists(target))
                SystemDirectory.Move(target, replaced);
            SystemDirectory.Move(building, target);
            Delete(replaced);
        }
        finally
        {
            Delete(building);
            if (SystemDirectory.Exists(replaced) && !SystemDirectory.Exists(target))
                SystemDirectory.Move(replaced, target);
        }
    }

    private static void RefuseWhatIsThere(string target, bool replace)
    {
        if (!Path.Exists(target) || (SystemDirectory.Exists(target) && !SystemDirectory.EnumerateFileSystemEntries(target).Any()))
            return;
        if (!replace)
            throw new IOException($"'{target}' already exists: open it with Bm25Index.Open, or build with replace: true to make the index anew.");
        var other = SystemDirectory.Exists(target) ? SystemDirectory.EnumerateFileSystemEntries(target).FirstOrDefault(path => !IsOfIndex(path)) : target;
        if (other is not null)
            throw new IOException($"'{target}' is not replaced, because '{other}' is not part of an index: choose another folder.");
    }

    private static bool IsOfIndex(string path) => File.Exists(path) && Path.GetFileName(path) is ['_', ..] or ['s', 'e', 'g', 'm', 'e', 'n', 't', 's', ..];

    private static void Delete(string folder)
    {
        if (SystemDirectory.Exists(folder))
            SystemDirectory.Delete(folder, recursive: true);
    }
}
