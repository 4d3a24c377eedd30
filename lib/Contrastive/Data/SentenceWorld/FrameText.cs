namespace Contrastive.Data;

/// <summary>Says an event in English.</summary>
internal static class FrameText
{
    public static string Say(this Frame frame, Wording wording)
    {
        var agent = Phrase(frame.Agent, wording, Wording.Slot.Agent);
        var patient = Phrase(frame.Patient, wording, Wording.Slot.Patient);
        var verb = frame.Action.Say(frame.IsOpposite, wording.Second(Wording.Slot.Action));
        var clause = wording.IsPassive
            ? $"{patient} {Passive(verb, frame, wording)} by {agent}"
            : $"{agent} {Active(verb, frame, wording)} {patient}";
        var place = frame.Place?.Say(wording.Second(Wording.Slot.Place));
        var moment = frame.SaysWhen ? frame.Moment.Words.Say(wording.Second(Wording.Slot.Moment)) : null;
        string[] parts = wording.Order switch
        {
            0 => [clause, .. Given(place), .. Given(moment)],
            1 => [clause, .. Given(moment), .. Given(place)],
            2 => [.. Given(moment, ","), clause, .. Given(place)],
            _ => [.. Given(place, ","), clause, .. Given(moment)],
        };
        var sentence = string.Join(' ', parts);
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
    }

    private static string[] Given(string? part, string ending = "") => part is null ? [] : [part + ending];

    private static string Phrase(Participant participant, Wording wording, Wording.Slot slot)
    {
        var (kindSlot, countSlot) = (slot + 1, slot + 2);
        var noun = (participant.Count is null ? participant.Noun.Singular : participant.Noun.Plural).Say(wording.Second(slot));
        var described = participant.Kind is null ? noun : $"{participant.Kind.Say(wording.Second(kindSlot))} {noun}";
        if (participant.Count is not null)
            return $"{participant.Count.Say(wording.Second(countSlot))} {described}";
        return wording.IsDefinite ? $"the {described}" : $"{("aeiou".Contains(described[0], StringComparison.Ordinal) ? "an" : "a")} {described}";
    }

    private static string Active(Verb verb, Frame frame, Wording wording)
    {
        var be = frame.Agent.Count is null ? "is" : "are";
        return frame.Moment.Tense switch
        {
            Tense.Past => frame.IsNegated ? $"{Not("did", wording)} {verb.Base}" : verb.Past,
            Tense.Present => $"{(frame.IsNegated ? Not(be, wording) : be)} {verb.Progressive}",
            _ => $"{(frame.IsNegated ? Not("will", wording) : "will")} {verb.Base}",
        };
    }

    private static string Passive(Verb verb, Frame frame, Wording wording)
    {
        var one = frame.Patient.Count is null;
        var (be, after) = frame.Moment.Tense switch
        {
            Tense.Past => (one ? "was" : "were", ""),
            Tense.Present => (one ? "is" : "are", " being"),
            _ => ("will", " be"),
        };
        return $"{(frame.IsNegated ? Not(be, wording) : be)}{after} {verb.Participle}";
    }

    private static string Not(string auxiliary, Wording wording) =>
        !wording.Contracts ? auxiliary + " not" : auxiliary == "will" ? "won't" : auxiliary + "n't";
}
