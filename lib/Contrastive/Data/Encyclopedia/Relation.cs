namespace Contrastive.Data;

/// <summary>One thing to know about an entry, how a passage states it, and how it can be asked.</summary>
/// <remarks>
/// In the texts <c>{designed|planned}</c> is one of two words that share no stem, <c>#</c> is the entry, <c>@</c> the answer,
/// and <c>~S</c>, <c>~P</c>, <c>~O</c> are it, its, it (he, his, him). What stands outside the braces of a question does not
/// occur in its passage.
/// </remarks>
/// <param name="Name">What it is called.</param>
/// <param name="Answer">What kind of answer it has.</param>
/// <param name="Statement">The sentence of the passage, without its full stop.</param>
/// <param name="Question">The question that follows the statement.</param>
/// <param name="Paraphrase">The question in another construction.</param>
internal sealed record Relation(string Name, AnswerKind Answer, string Statement, string Question, string Paraphrase);

/// <summary>What kind of thing an answer is. Of each there are so many that of 400 entries few have one in common.</summary>
internal enum AnswerKind
{
    /// <summary>A first and a family name.</summary>
    Person,

    /// <summary>A village, which part or side of it included.</summary>
    Village,

    /// <summary>A creature of legend.</summary>
    Creature,

    /// <summary>A date in the years 1201 to 1990.</summary>
    Day,

    /// <summary>1,001 to 99,999.</summary>
    Number,

    /// <summary>Two crops, each with a quality.</summary>
    Food,

    /// <summary>Two trees, each with a quality.</summary>
    Wood,
}

/// <summary>What one passage is about: two relations, and a sentence that leads to them.</summary>
internal sealed record Aspect(string Lead, Relation First, Relation Second);
