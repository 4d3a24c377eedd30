using Contrastive.Data;

namespace Contrastive.Cli;

/// <summary>
/// Checks a data set's name before a lesson is started, so that a typo fails immediately. Whether a lesson can run on the data set
/// is up to the lesson.
/// </summary>
internal static class DataNames
{
    public static void Check(string? name)
    {
        var names = ImageData.Names.Union(TextData.Names).Union(Catalog.Entries.Where(entry => entry.Kind is not ("weights" or "tokenizer")).Select(entry => entry.Name)).ToList();
        if (name is not null && !names.Contains(name))
        {
            throw new ArgumentException($"There is no data set '{name}'. The data sets are: {string.Join(", ", names)}.");
        }
    }
}
