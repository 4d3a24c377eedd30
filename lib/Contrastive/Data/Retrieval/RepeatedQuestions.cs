using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>What the questions of a set are for.</summary>
internal enum RetrievalPart
{
    Training,
    Development,
    Test,
}

/// <summary>Questions that are asked in two parts of a set, so that training would see what is measured. Only letters and digits are
/// compared.</summary>
internal static class RepeatedQuestions
{
    /// <summary>The questions of each part, without those of training that development or test asks as well, and without those of
    /// development that test asks; and a note if there were any.</summary>
    public static (IReadOnlyDictionary<RetrievalPart, IReadOnlyList<Query>> Questions, IEnumerable<string> Notes) LeftOut(ILookup<RetrievalPart, Query> all)
    {
        var later = new HashSet<string>(StringComparer.Ordinal);
        var (kept, repeated) = (new Dictionary<RetrievalPart, IReadOnlyList<Query>>(), 0);
        foreach (var part in Enum.GetValues<RetrievalPart>().Reverse())
        {
            Query[] here = [.. all[part]];
            kept[part] = [.. here.Where(query => !later.Contains(HeldOutTexts.Key(query.Text)))];
            repeated += here.Length - kept[part].Count;
            later.UnionWith(here.Select(query => HeldOutTexts.Key(query.Text)));
        }

        return (kept, repeated > 0 ? [Invariant($"Questions that a later part asks as well: {repeated:N0}; they are left out.")] : []);
    }

    /// <summary>A note of the training questions that development or test asks as well, if there are any, where the parts are published and
    /// stay as they are.</summary>
    public static IEnumerable<string> Note(RetrievalSet training, params IReadOnlyList<RetrievalSet> measured)
    {
        var texts = measured.SelectMany(part => part.Queries).Select(query => HeldOutTexts.Key(query.Text)).ToHashSet(StringComparer.Ordinal);
        if (training.Queries.Count(query => texts.Contains(HeldOutTexts.Key(query.Text))) is var repeated and > 0)
            yield return Invariant($"Training questions that development or test asks as well: {repeated:N0}; they stay.");
    }
}
