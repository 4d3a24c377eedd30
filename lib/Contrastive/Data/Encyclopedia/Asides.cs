namespace Contrastive.Data;

/// <summary>Sentences that answer no question. <c>%</c> is another entry's own word.</summary>
internal static class Asides
{
    /// <summary>What the statement of a relation can begin with.</summary>
    public static readonly string[] Openings =
        ["", "", "by all accounts, ", "as far as anyone can tell, ", "it is certain that ", "according to a chronicle from %, ", "as the archives tell us, ", "to everybody's surprise, "];

    /// <summary>The two that name an entry with the same own word; <c>%</c> is what it is called.</summary>
    public static readonly string[] OfNamesakes = ["~S shares ~P name with %", "~S must not be confused with %"];

    /// <summary>What can be said about anything.</summary>
    public static readonly string[] OfAll =
    [
        "nobody in % talks about ~O without a smile", "opinions about ~O differ widely", "much that has been said about ~O is guesswork",
        "newspapers in % print a line about ~O every spring", "those who know ~O well rarely agree with each other",
        "the name is pronounced in two ways, and both are right", "children are told about ~O before they can read",
        "a poet from % once compared ~O to a sleeping whale", "whoever mentions ~O in % starts a long conversation",
        "there is more to say about ~O than fits on this page", "~P name is found on an inn in %", "a street in % bears ~P name",
        "in % people pretend to have forgotten ~O", "it takes time to understand what people see in ~O",
        "a letter to a newspaper in % called ~O a matter of taste", "a clerk in % has collected all that was ever said about ~O",
    ];
}
