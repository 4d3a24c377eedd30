using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Draws events and changes them exactly as a relation requires.</summary>
internal static class FrameDrawing
{
    public static Frame Draw(ref SplitMix64 random)
    {
        var agents = random.Below(4) > 0 ? WorldLexicon.People : WorldLexicon.Animals;
        var agent = Pick(agents, ref random);
        var habit = Habits.Of(agent);
        var action = Usually(habit.Actions, WorldLexicon.ActionsOf(agent), ref random);
        var group = action.Patients[random.Below(action.Patients.Length)];
        var usual = Array.FindAll(Habits.Of(action), noun => noun.Group == group && noun != agent);
        var patient = Usually(usual, Array.FindAll(WorldLexicon.Of(group), noun => noun != agent), ref random);
        return new Frame(
            Describe(agent, ref random), action, random.Below(2) == 0, Describe(patient, ref random),
            Usually([habit.Place], WorldLexicon.Places, ref random), Usually([habit.Moment], WorldLexicon.Moments, ref random), random.Below(5) == 0);
    }

    /// <summary>Another event that shares no participant, action, place or moment with this one.</summary>
    public static Frame Unrelated(Frame frame, ref SplitMix64 random)
    {
        for (; ; )
        {
            var other = Draw(ref random);
            if (other.Action != frame.Action && other.Place != frame.Place && other.Moment != frame.Moment
                && other.Agent.Noun != frame.Agent.Noun && other.Patient.Noun != frame.Patient.Noun
                && other.Agent.Noun != frame.Patient.Noun && other.Patient.Noun != frame.Agent.Noun)
            {
                return other;
            }
        }
    }

    /// <summary>The same event denied, its opposite, or with agent and patient swapped. A denied event can only be affirmed.</summary>
    public static Frame Contradict(Frame frame, ref SplitMix64 random)
    {
        if (frame.IsNegated)
            return frame with { IsNegated = false };
        return random.Below(frame.Patient.IsLiving ? 3 : 2) switch
        {
            0 => frame with { IsNegated = true },
            1 => frame with { IsOpposite = !frame.IsOpposite },
            _ => frame with { Agent = frame.Patient, Patient = frame.Agent },
        };
    }

    public static Frame ChangeParticipant(Frame frame, ref SplitMix64 random)
    {
        var isAgent = random.Below(2) == 0;
        var changed = isAgent ? frame.Agent : frame.Patient;
        var noun = Pick(WorldLexicon.Of(changed.Noun.Group), ref random, other => other != frame.Agent.Noun && other != frame.Patient.Noun);
        return isAgent ? frame with { Agent = changed with { Noun = noun } } : frame with { Patient = changed with { Noun = noun } };
    }

    /// <summary>Changes <paramref name="count"/> of: where, when, the agent's number and kind, the patient's number and kind.</summary>
    public static Frame ChangeDetails(Frame frame, int count, ref SplitMix64 random)
    {
        int[] details = [0, 1, 2, 3, 4, 5];
        for (var i = 0; i < count; i++)
        {
            var at = i + random.Below(details.Length - i);
            (details[i], details[at]) = (details[at], details[i]);
            frame = ChangeDetail(frame, details[i], ref random);
        }
        return frame;
    }

    /// <summary>An event that is true whenever this one is: some of what it says is left out or generalized.</summary>
    public static Frame Entailed(Frame frame, ref SplitMix64 random)
    {
        // A more general version of a denied event may have happened: there the details stay.
        if (frame.IsNegated)
            return frame;
        var general = frame;
        if (random.Below(2) == 0)
            general = general with { Place = null };
        if (random.Below(2) == 0)
            general = general with { SaysWhen = false };
        if (random.Below(2) == 0)
            general = general with { Agent = general.Agent with { Kind = null }, Patient = general.Patient with { Kind = null } };
        if (random.Below(4) == 0)
        {
            var noun = frame.Agent.Noun.Group == NounGroup.Person ? WorldLexicon.AnyPerson : WorldLexicon.AnyAnimal;
            general = general with { Agent = general.Agent with { Noun = noun } };
        }
        return general;
    }

    private static Frame ChangeDetail(Frame frame, int detail, ref SplitMix64 random) => detail switch
    {
        0 => frame with { Place = Pick(WorldLexicon.Places, ref random, other => other != frame.Place) },
        1 => frame with { Moment = Pick(WorldLexicon.Moments, ref random, other => other != frame.Moment) },
        2 => frame with { Agent = ChangeCount(frame.Agent, ref random) },
        3 => frame with { Patient = ChangeCount(frame.Patient, ref random) },
        4 => frame with { Agent = ChangeKind(frame.Agent, ref random) },
        _ => frame with { Patient = ChangeKind(frame.Patient, ref random) },
    };

    private static Participant ChangeCount(Participant participant, ref SplitMix64 random) =>
        participant with { Count = Pick(WorldLexicon.Counts, ref random, other => other != participant.Count) };

    private static Participant ChangeKind(Participant participant, ref SplitMix64 random) =>
        participant with { Kind = Pick(WorldLexicon.KindsOf(participant.Noun), ref random, other => other != participant.Kind) };

    private static Participant Describe(Noun noun, ref SplitMix64 random)
    {
        var habit = Habits.Of(noun);
        var kind = random.Below(2) == 0 ? Usually([habit.Kind], WorldLexicon.KindsOf(noun), ref random) : null;
        return new Participant(noun, kind, random.Below(3) == 0 ? Usually([habit.Count], WorldLexicon.Counts, ref random) : null);
    }

    /// <summary>What is usual seven times out of eight, else anything.</summary>
    private static T Usually<T>(T[] usual, T[] any, ref SplitMix64 random) => Pick(random.Below(8) > 0 ? usual : any, ref random);

    private static T Pick<T>(T[] from, ref SplitMix64 random) => from[random.Below(from.Length)];

    private static T Pick<T>(T[] from, ref SplitMix64 random, Func<T, bool> isAllowed)
    {
        var allowed = Array.FindAll(from, candidate => isAllowed(candidate));
        return allowed[random.Below(allowed.Length)];
    }
}
