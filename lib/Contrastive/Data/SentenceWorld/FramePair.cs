using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>Two events, how the second differs from the first, and how each is said.</summary>
internal sealed record FramePair(Frame First, Frame Second, SentenceRelation Relation, Wording FirstWording, Wording SecondWording)
{
    public static FramePair Draw(SentenceRelation relation, ref SplitMix64 random)
    {
        var frame = FrameDrawing.Draw(ref random);
        var other = relation switch
        {
            SentenceRelation.Unrelated => FrameDrawing.Unrelated(frame, ref random),
            SentenceRelation.Contradiction => FrameDrawing.Contradict(frame, ref random),
            SentenceRelation.ParticipantChanged => FrameDrawing.ChangeParticipant(frame, ref random),
            SentenceRelation.TwoDetailsChanged => FrameDrawing.ChangeDetails(frame, 2, ref random),
            SentenceRelation.DetailChanged => FrameDrawing.ChangeDetails(frame, 1, ref random),
            _ => frame,
        };
        var wording = Wording.Draw(ref random);
        return new FramePair(frame, other, relation, wording, relation == SentenceRelation.Contradiction ? SameWords(frame, other, wording) : wording.Differently(ref random));
    }

    /// <summary>The pair in English.</summary>
    public SentencePair Say() => new(First.Say(FirstWording), Second.Say(SecondWording), Relation);

    /// <summary>The wording in which a contradicting event keeps the original's words, as people's contradictions do.</summary>
    public static Wording SameWords(Frame frame, Frame other, Wording wording) => other.Agent == frame.Patient ? wording.Swapped() : wording;
}
