namespace Contrastive.Data;

/// <summary>The forms of a verb.</summary>
internal sealed record Verb(string Base, string Past, string Participle, string Progressive)
{
    /// <summary>Reads <c>buy/bought/bought/buying</c>, or a regular verb's base form alone.</summary>
    public static Verb Parse(string text)
    {
        var forms = text.Split('/');
        if (forms.Length == 4)
            return new Verb(forms[0], forms[1], forms[2], forms[3]);
        var stem = text.EndsWith('e') ? text[..^1] : text;
        var isConsonantY = text.EndsWith('y') && !"aeiou".Contains(text[^2], StringComparison.Ordinal);
        var past = isConsonantY ? text[..^1] + "ied" : stem + "ed";
        return new Verb(text, past, past, stem + "ing");
    }
}
