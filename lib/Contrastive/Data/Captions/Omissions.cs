using static System.FormattableString;

namespace Contrastive.Data;

/// <summary>What a reader leaves out: counted by reason, with the first of each; or an error at once where nothing may be left out.</summary>
internal sealed class Omissions(bool strict)
{
    private readonly Dictionary<Omission, (int Count, string First)> _omitted = [];

    /// <summary>One sentence for each reason.</summary>
    public IReadOnlyList<string> Notes =>
        [.. _omitted.OrderBy(omitted => omitted.Key).Select(omitted => Invariant($"{omitted.Value.Count:N0} {Words(omitted.Key, omitted.Value.Count)}: left out. The first: {omitted.Value.First}"))];

    /// <summary>Counts one.</summary>
    /// <param name="reason">Why it is left out.</param>
    /// <param name="where">What it is and where, with a period at its end.</param>
    /// <exception cref="InvalidDataException">Nothing may be left out.</exception>
    public void Add(Omission reason, string where)
    {
        if (strict)
            throw new InvalidDataException($"1 {Words(reason, 1)}: {where}");
        var (count, first) = _omitted.GetValueOrDefault(reason, (0, where));
        _omitted[reason] = (count + 1, first);
    }

    private static string Words(Omission reason, int count) => reason switch
    {
        Omission.EmptyCaption => count == 1 ? "caption is empty" : "captions are empty",
        Omission.UnknownPicture => count == 1 ? "caption is of a picture that is not there" : "captions are of pictures that are not there",
        Omission.NoCaption => count == 1 ? "picture has no caption" : "pictures have no caption",
        _ => count == 1 ? "picture is damaged" : "pictures are damaged",
    };
}

/// <summary>Why something is left out.</summary>
internal enum Omission
{
    EmptyCaption,
    UnknownPicture,
    NoCaption,
    Damaged,
}
