using Contrastive.Data;

namespace Contrastive.Tests.Data;

/// <summary>What follows for two sentences from the events behind them, written independently of how the world draws pairs.</summary>
internal static class WorldOracle
{
    /// <summary>The score that two events deserve, by what differs between them.</summary>
    public static double Score(Frame a, Frame b)
    {
        var sameAgent = a.Agent.Noun == b.Agent.Noun;
        var samePatient = a.Patient.Noun == b.Patient.Noun;
        if (a.Action != b.Action || (!sameAgent && !samePatient && (a.Agent.Noun != b.Patient.Noun || a.Patient.Noun != b.Agent.Noun)))
            return 0;
        if (a.IsNegated != b.IsNegated || a.IsOpposite != b.IsOpposite || !(sameAgent || samePatient))
            return 1;
        if (!sameAgent || !samePatient)
            return 2;
        bool[] changed = [a.Place != b.Place, a.Moment != b.Moment, a.Agent.Kind != b.Agent.Kind, a.Agent.Count != b.Agent.Count, a.Patient.Kind != b.Patient.Kind, a.Patient.Count != b.Patient.Count];
        return 5 - changed.Count(change => change);
    }

    /// <summary>The cosine of the two bags of concepts: all synonyms known, but neither who acts nor what is negated.</summary>
    public static double ConceptOverlap(Frame a, Frame b)
    {
        var (x, y) = (Concepts(a), Concepts(b));
        return x.Count(y.Contains) / Math.Sqrt(x.Count * y.Count);
    }

    private static HashSet<object> Concepts(Frame frame) =>
    [
        .. new object?[]
        {
            frame.Agent.Noun, frame.Patient.Noun, (frame.Action, frame.IsOpposite), frame.Place, frame.Moment,
            frame.Agent.Kind, frame.Patient.Kind, frame.Agent.Count, frame.Patient.Count,
        }.OfType<object>(),
    ];
}
