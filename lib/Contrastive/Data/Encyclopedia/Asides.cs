namespace Contrastive.Data;

/// <summary>Sentences that answer no question. <c>#</c> is the entry, <c>%</c> another name.</summary>
internal static class Asides
{
    /// <summary>What the statement of a relation can begin with.</summary>
    public static readonly string[] Openings =
    [
        "", "", "", "by all accounts, ", "as far as anyone can tell, ", "it is certain that ", "as the archives tell us, ", "to everybody's surprise, ",
        "according to a chronicle from %, ",
    ];

    /// <summary>About another entry of the same name; <c>%</c> is what that is called.</summary>
    public static readonly string[] OfNamesakes = ["~S shares ~P name with %", "~S must not be confused with %"];

    /// <summary>About anything.</summary>
    public static readonly string[] OfAll =
    [
        "nobody talks about # without a smile", "opinions about # differ widely", "much that has been said about # is guesswork",
        "newspapers print a line about ~O every spring", "those who know ~O well are seldom of one mind",
        "the name is pronounced in two ways, and both are right", "children are told about ~O before they can read",
        "a poet once compared # to a stranded whale", "whoever mentions # starts a long conversation",
        "there is more to say about # than fits on this page", "an inn in % bears ~P name", "in % a street is named after ~O",
        "in % everybody pretends to have forgotten ~O", "it needs time to understand what is so special about #",
        "a letter to a newspaper called # a matter of taste", "a clerk in % has collected all that was ever said about ~O",
    ];
}
