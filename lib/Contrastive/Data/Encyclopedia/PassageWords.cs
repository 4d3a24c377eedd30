using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Which of its two words a passage uses for everything that it says.</summary>
/// <param name="SecondWords">One bit for each slot: whether it is the second.</param>
internal readonly record struct PassageWords(int SecondWords)
{
    private const int Slots = 6;

    public bool Second(Slot slot) => (SecondWords >> (int)slot & 1) != 0;

    /// <summary>Whether a relation, the aspect's first or second, is said with the second words.</summary>
    public bool SecondFor(int relation) => Second(Slot.FirstRelation + relation);

    public static PassageWords Draw(ref SplitMix64 random) => new(random.Below(1 << Slots));

    internal enum Slot
    {
        Quality,
        Region,
        Feature,
        Known,
        FirstRelation,
        SecondRelation,
    }
}
