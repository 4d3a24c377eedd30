using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>How an event is put into words: each choice leaves the meaning as it is.</summary>
internal sealed record Wording
{
    public bool IsPassive { get; init; }

    public bool Contracts { get; init; }

    public bool IsDefinite { get; init; }

    public int Order { get; init; }

    /// <summary>One bit for each slot: whether its second word is used.</summary>
    public int SecondWords { get; init; }

    public bool Second(Slot slot) => (SecondWords >> (int)slot & 1) != 0;

    public static Wording Draw(ref SplitMix64 random) => new()
    {
        IsPassive = random.Below(3) == 0,
        Contracts = random.Below(2) == 0,
        IsDefinite = random.Below(2) == 0,
        Order = random.Below(4),
        SecondWords = random.Below(1 << Slots),
    };

    /// <summary>
    /// Another wording of the same event: each word changes with a probability of one half, the verb always, the voice three times out
    /// of four.
    /// </summary>
    public Wording Differently(ref SplitMix64 random)
    {
        var drawn = Draw(ref random).WithVerb(!Second(Slot.Action));
        return drawn with { IsPassive = random.Below(4) > 0 ? !IsPassive : IsPassive };
    }

    /// <summary>The same wording with the first or the second verb for the action.</summary>
    public Wording WithVerb(bool isSecond)
    {
        const int verb = 1 << (int)Slot.Action;
        return this with { SecondWords = isSecond ? SecondWords | verb : SecondWords & ~verb };
    }

    /// <summary>The wording that keeps every word when agent and patient change places.</summary>
    public Wording Swapped() => this with { SecondWords = (SecondWords & ~63) | (SecondWords & 7) << 3 | SecondWords >> 3 & 7 };

    private const int Slots = 9;

    internal enum Slot
    {
        Agent,
        AgentKind,
        AgentCount,
        Patient,
        PatientKind,
        PatientCount,
        Action,
        Place,
        Moment,
    }
}
