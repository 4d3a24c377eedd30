namespace Contrastive.Data;

/// <summary>The tense that goes with a moment.</summary>
internal enum Tense
{
    Past,
    Present,
    Future,
}
