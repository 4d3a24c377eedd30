using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// What is usual in the world of sentences: everyone does some things more often than others, at a usual place and time. So a word is
/// known by the company it keeps, and two words for one thing keep the same company: without habits, nothing in unlabeled sentences
/// would tell a doctor from a lawyer, or that a physician is the former and not the latter. Drawn once, the same for every seed.
/// </summary>
internal static class Habits
{
    private const long Seed = 20;

    private static readonly Dictionary<Noun, Habit> OfNouns = WorldLexicon.AllNouns
        .Select((noun, index) => (noun, Habit: Draw(noun, index))).ToDictionary(entry => entry.noun, entry => entry.Habit);

    private static readonly Dictionary<ActionPair, Noun[]> OfActions = WorldLexicon.Actions
        .Select((action, index) => (action, Patients: DrawPatients(action, index))).ToDictionary(entry => entry.action, entry => entry.Patients);

    /// <summary>What someone usually does, where and when, and the usual kind and number.</summary>
    public sealed record Habit(ActionPair[] Actions, Term Place, Moment Moment, Term Kind, Term Count);

    /// <summary>The habits of a noun.</summary>
    public static Habit Of(Noun noun) => OfNouns[noun];

    /// <summary>What an action is usually done to.</summary>
    public static Noun[] Of(ActionPair action) => OfActions[action];

    private static Habit Draw(Noun noun, int index)
    {
        var random = new SplitMix64(Seed, index);
        return new Habit(
            Some(WorldLexicon.ActionsOf(noun), 2, ref random), Some(WorldLexicon.Places, 1, ref random)[0], Some(WorldLexicon.Moments, 1, ref random)[0],
            Some(WorldLexicon.KindsOf(noun), 1, ref random)[0], Some(WorldLexicon.Counts, 1, ref random)[0]);
    }

    private static Noun[] DrawPatients(ActionPair action, int index)
    {
        var random = new SplitMix64(~Seed, index);
        return [.. action.Patients.SelectMany(group => Some(WorldLexicon.Of(group), 3, ref random))];
    }

    private static T[] Some<T>(T[] all, int count, ref SplitMix64 random)
    {
        var rest = all.ToList();
        var chosen = new T[Math.Min(count, all.Length)];
        for (var i = 0; i < chosen.Length; i++)
        {
            var at = random.Below(rest.Count);
            chosen[i] = rest[at];
            rest.RemoveAt(at);
        }

        return chosen;
    }
}
