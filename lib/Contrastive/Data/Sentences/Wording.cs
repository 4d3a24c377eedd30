namespace Contrastive.Data;

/// <summary>How an event is put into words: each choice leaves the meaning as it is.</summary>
internal sealed record Wording
{
    public bool IsPassive { get; init; }

    public bool Contracts { get; init; }

    public bool IsDefinite { get; init; }

    public int Order { get; init; }

    /// <summary>For each thing that is said, whether by its second word.</summary>
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

    /// <summary>A wording that shares little with this one: each word is the other one three times of four, and mostly so is the voice.</summary>
    public Wording Differently(ref SplitMix64 random)
    {
        var flips = 0;
        for (var slot = 0; slot < Slots; slot++)
            flips |= (random.Below(4) > 0 ? 1 : 0) << slot;
        return Draw(ref random) with { IsPassive = random.Below(4) > 0 ? !IsPassive : IsPassive, SecondWords = SecondWords ^ flips };
    }

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
