using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Sentence classes, known because the events are.</summary>
internal static class FrameLabels
{
    private delegate (Frame Frame, Wording Wording, int Label) Draw(ref SplitMix64 random, int index, bool isTest);

    public static IReadOnlyList<TransferTask> Tasks(int train, int test, long seed) =>
    [
        Make("Tense", Enum.GetNames<Tense>(), DrawTense, train, test, new SplitMix64(seed, 0).Next()),
        Make("Negation", ["affirmed", "denied"], DrawNegation, train, test, new SplitMix64(seed, 1).Next()),
        Make("Action by its other verb", [.. WorldLexicon.Actions.SelectMany(Names)], DrawAction, train, test, new SplitMix64(seed, 2).Next()),
        Make("Who acts", ["person", "animal"], DrawRoles, train, test, new SplitMix64(seed, 3).Next()),
    ];

    private static TransferTask Make(string name, IReadOnlyList<string> classes, Draw draw, int train, int test, ulong seed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var texts = new List<LabeledText>(train + test);
        for (var index = 0; texts.Count < train + test; index++)
        {
            var random = new SplitMix64((long)seed, index);
            var (frame, wording, label) = draw(ref random, index, isTest: texts.Count >= train);
            var sentence = frame.Say(wording);
            if (seen.Add(sentence))
                texts.Add(new LabeledText(sentence, null, label));
        }

        return new TransferTask(name, classes, texts[..train], texts[train..]);
    }

    private static (Frame Frame, Wording Wording, int Label) DrawTense(ref SplitMix64 random, int index, bool isTest)
    {
        var tense = (Tense)(index % 3);
        var moment = WorldLexicon.Moments.First(candidate => candidate.Tense == tense);
        return (FrameDrawing.Draw(ref random) with { Moment = moment, SaysWhen = false }, Wording.Draw(ref random), (int)tense);
    }

    private static (Frame Frame, Wording Wording, int Label) DrawNegation(ref SplitMix64 random, int index, bool isTest) =>
        (FrameDrawing.Draw(ref random) with { IsNegated = index % 2 == 1 }, Wording.Draw(ref random), index % 2);

    private static (Frame Frame, Wording Wording, int Label) DrawAction(ref SplitMix64 random, int index, bool isTest)
    {
        var frame = FrameDrawing.Draw(ref random);
        var action = Array.IndexOf(WorldLexicon.Actions, frame.Action);
        // The parity of the action decides which verb is the training one, so that it is not always the more common one.
        var wording = Wording.Draw(ref random).WithVerb(isSecond: isTest == (action % 2 == 0));
        return (frame, wording, 2 * action + (frame.IsOpposite ? 1 : 0));
    }

    private static (Frame Frame, Wording Wording, int Label) DrawRoles(ref SplitMix64 random, int index, bool isTest)
    {
        for (; ; )
        {
            var frame = FrameDrawing.Draw(ref random);
            if ((frame.Agent.Noun.Group, frame.Patient.Noun.Group) is not (NounGroup.Person, NounGroup.Animal))
                continue;
            var acting = index % 2 == 0 ? frame : frame with { Agent = frame.Patient, Patient = frame.Agent };
            return (acting, Wording.Draw(ref random), index % 2);
        }
    }

    private static IEnumerable<string> Names(ActionPair action) => [action.Action.First.Base, action.Opposite.First.Base];
}
