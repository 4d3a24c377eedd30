namespace Contrastive.Data;

/// <summary>Something that can be said with either of two words.</summary>
internal sealed record Term(string First, string Second)
{
    public string Say(bool second) => second ? Second : First;

    public static Term Parse(string text)
    {
        var words = text.Split('|');
        return new Term(words[0], words[1]);
    }
}
