namespace Contrastive.Data;

/// <summary>A kind of entry.</summary>
/// <param name="Noun">Its two nouns; an entry keeps one in all its passages.</param>
/// <param name="Title">The title: <c>{R}</c> stands for the entry's own word, <c>{F}</c> for a first name, <c>{n}</c> and <c>{N}</c> for the noun.</param>
/// <param name="Name">What the first sentence calls it.</param>
/// <param name="Mention">What other sentences and questions call it.</param>
/// <param name="IsPlace">Whether it is in its region, not from there.</param>
/// <param name="Traits">What can describe it.</param>
/// <param name="Aspects">The subjects of its passages.</param>
internal sealed record EntryKind(Term Noun, string Title, string Name, string Mention, bool IsPlace, TraitGroup Traits, Aspect[] Aspects)
{
    public bool IsPerson => Title.Contains("{F}", StringComparison.Ordinal);
}
