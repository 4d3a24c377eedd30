namespace Contrastive.Data;

/// <summary>The pronouns that stand for an entry.</summary>
internal sealed record Pronoun(string Subject, string Possessive, string Object, string Relative)
{
    public static readonly Pronoun It = new("it", "its", "it", "that"), He = new("he", "his", "him", "who"), She = new("she", "her", "her", "who");
}
