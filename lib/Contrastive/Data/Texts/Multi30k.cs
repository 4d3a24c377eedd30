using System.Globalization;

namespace Contrastive.Data;

/// <summary>Captions of Multi30k (Elliott et al. 2016): five sentences for each image, which are paraphrases of each other.</summary>
public static class Multi30k
{
    /// <summary>The captions of each image.</summary>
    /// <param name="paths">Parallel files, aligned line by line, such as <c>train.1.en.gz</c> to <c>train.5.en.gz</c>.</param>
    /// <returns>For each image, one caption per file.</returns>
    /// <exception cref="ArgumentException">No file is given.</exception>
    /// <exception cref="InvalidDataException">A caption is empty, or the files differ in length.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            throw new ArgumentException("There is no file of captions; pass at least one.", nameof(paths));
        var files = paths.Select(TextLines.Read).ToArray();
        for (var i = 1; i < files.Length; i++)
        {
            if (files[i].Count != files[0].Count)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture, $"{paths[i]} has {files[i].Count} lines, {paths[0]} {files[0].Count}: they do not belong together."));
            }
        }

        return [.. Enumerable.Range(0, files[0].Count).Select(image => files.Select(file => file[image].Sentence(file[image].Text)).ToArray())];
    }
}
