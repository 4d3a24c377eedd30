using Contrastive.Data;

namespace Contrastive.Cli;

/// <summary>
/// Checks a data set's name before a lesson is started, so that a typo fails immediately. Whether a lesson can run on the data set
/// is up to the lesson.
/// </summary>
internal static class DataNames
{
    /// <summary>The name to hand to the notebook, which runs in its own folder: the path in <c>folder:PATH</c>, <c>captions:PATH</c>,
    /// <c>file:PATH</c>, <c>beir:PATH</c> or <c>dpr:FOLDER</c> is made absolute.</summary>
    /// <param name="name">What the command line says; null if nothing.</param>
    /// <param name="isLesson">Whether the notebook takes named sets from this repository's lists only.</param>
    /// <exception cref="ArgumentException">There is no data set of that name.</exception>
    /// <exception cref="IOException">There is nothing at the path.</exception>
    public static string? Resolve(string? name, bool isLesson)
    {
        if (name is null)
            return null;
        if (OwnData.Resolve(name) is { } own)
            return own;
        var names = ImageData.Names.Union(TextData.Names).Union(RetrievalData.Names).Union(CaptionData.Names)
            .Union(Catalog.Entries.Where(entry => entry.Kind is not ("weights" or "tokenizer")).Select(entry => entry.Name)).ToList();
        return !isLesson || names.Contains(name)
            ? name
            : throw new ArgumentException(
                $"There is no data set '{name}'. The data sets are: {string.Join(", ", names)}; "
                + "your own: folder:PATH (pictures), captions:PATH (pictures and captions), file:PATH (texts), beir:PATH or dpr:FOLDER (questions and passages).");
    }
}
