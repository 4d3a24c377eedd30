namespace Contrastive.Data;

/// <summary>A kind of person, animal or thing.</summary>
/// <param name="Singular">Its names.</param>
/// <param name="Plural">Their plurals.</param>
/// <param name="Group">What actions can be done to it.</param>
internal sealed record Noun(Term Singular, Term Plural, NounGroup Group)
{
    /// <summary>Reads <c>man/men|guy</c>; a plural that is not given ends in s.</summary>
    public static Noun Parse(string text, NounGroup group)
    {
        var forms = text.Split('|').Select(word => word.Split('/')).Select(word => (One: word[0], Many: word.Length > 1 ? word[1] : word[0] + "s")).ToArray();
        return new Noun(new Term(forms[0].One, forms[1].One), new Term(forms[0].Many, forms[1].Many), group);
    }
}
